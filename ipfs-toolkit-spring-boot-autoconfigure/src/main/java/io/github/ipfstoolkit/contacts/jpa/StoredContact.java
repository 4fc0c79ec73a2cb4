/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.ipfstoolkit.contacts.jpa;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.contacts.Contact;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.PostLoad;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;

import org.springframework.data.domain.Persistable;

/**
 * A row of {@code ipfs_contact} with its addresses. The peer ID is the key, as it never
 * changes, while names do.
 */
@Entity
@Table(name = "ipfs_contact")
class StoredContact implements Persistable<String> {

	@Id
	@Column(name = "peer_id", length = 128)
	private String peerId;

	@Column(name = "name", nullable = false, unique = true, length = Contact.MAX_NAME_LENGTH)
	private String name;

	@ElementCollection
	@CollectionTable(name = "ipfs_contact_address", joinColumns = @JoinColumn(name = "peer_id"))
	private Set<StoredAddress> addresses = new HashSet<>();

	@Transient
	private boolean stored;

	@SuppressWarnings("NullAway.Init")
	StoredContact() {
	}

	StoredContact(Contact contact) {
		this.peerId = contact.peerId().toString();
		this.name = contact.name();
		this.addresses.addAll(toStored(contact));
	}

	private static Set<StoredAddress> toStored(Contact contact) {
		return contact.addresses().stream().map(StoredAddress::new).collect(Collectors.toSet());
	}

	void update(Contact contact) {
		this.name = contact.name();
		Set<StoredAddress> wanted = toStored(contact);
		this.addresses.retainAll(wanted);
		this.addresses.addAll(wanted);
	}

	Contact toContact() {
		return new Contact(this.name, PeerId.of(this.peerId),
				this.addresses.stream().map(StoredAddress::toContactAddress).toList());
	}

	@Override
	public String getId() {
		return this.peerId;
	}

	@Override
	public boolean isNew() {
		return !this.stored; // a key that is set already would make it an update
	}

	@PostLoad
	void markStored() {
		this.stored = true;
	}

}

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

import java.time.Instant;
import java.util.Objects;

import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.contacts.ContactAddress;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code ipfs_contact_address}.
 */
@Embeddable
class StoredAddress {

	@Column(name = "address", nullable = false, length = ContactAddress.MAX_LENGTH)
	private String address;

	@Column(name = "last_connected")
	private @Nullable Instant lastConnected;

	@SuppressWarnings("NullAway.Init")
	StoredAddress() {
	}

	StoredAddress(ContactAddress address) {
		this.address = address.address().toString();
		this.lastConnected = address.lastConnected();
	}

	ContactAddress toContactAddress() {
		return new ContactAddress(Multiaddr.of(this.address), this.lastConnected);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof StoredAddress stored && this.address.equals(stored.address)
				&& Objects.equals(this.lastConnected, stored.lastConnected);
	}

	@Override
	public int hashCode() {
		return this.address.hashCode();
	}

}

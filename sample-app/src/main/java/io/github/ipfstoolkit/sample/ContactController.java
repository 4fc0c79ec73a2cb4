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

package io.github.ipfstoolkit.sample;

import java.util.List;

import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.contacts.Contact;
import io.github.ipfstoolkit.contacts.ContactAddress;
import io.github.ipfstoolkit.contacts.ContactNotFoundException;
import io.github.ipfstoolkit.contacts.ContactOperations;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.util.Assert;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The contact book.
 */
@RestController
@RequestMapping("/api/contacts")
class ContactController {

	private final ContactOperations contacts;

	ContactController(ContactOperations contacts) {
		this.contacts = contacts;
	}

	@GetMapping
	List<ContactView> all() {
		return this.contacts.list().stream().map(ContactView::of).toList();
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	ContactView add(@RequestBody NewContact contact) {
		boolean moved = this.contacts.find(contact.name())
			.filter((known) -> known.peerId().equals(contact.peerId()))
			.isPresent();
		return ContactView.of(moved ? this.contacts.updateAddresses(contact.name(), contact.addresses())
				: this.contacts.add(contact.name(), contact.peerId(), contact.addresses().toArray(Multiaddr[]::new)));
	}

	@DeleteMapping("/{name}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void remove(@PathVariable String name) {
		if (!this.contacts.remove(name)) {
			throw new ContactNotFoundException(name);
		}
	}

	@PostMapping("/{name}/connect")
	Connected connect(@PathVariable String name) {
		return new Connected(this.contacts.connect(name).connected());
	}

	record NewContact(String name, PeerId peerId, @Nullable List<Multiaddr> addresses) {

		NewContact {
			Assert.notNull(name, "'name' is missing");
			Assert.notNull(peerId, "'peerId' is missing");
			addresses = (addresses != null) ? addresses : List.of();
		}

	}

	record ContactView(String name, PeerId peerId, List<Multiaddr> addresses) {

		static ContactView of(Contact contact) {
			return new ContactView(contact.name(), contact.peerId(),
					contact.addresses().stream().map(ContactAddress::address).toList());
		}

	}

	record Connected(boolean connected) {
	}

}

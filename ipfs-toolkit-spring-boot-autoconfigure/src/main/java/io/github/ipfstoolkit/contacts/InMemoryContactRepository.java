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

package io.github.ipfstoolkit.contacts;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.github.ipfstoolkit.PeerId;
import org.jspecify.annotations.Nullable;

/**
 * Keeps contacts until the application ends. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class InMemoryContactRepository implements ContactRepository {

	private final Lock lock = new ReentrantLock();

	private final Map<String, Contact> contacts = new TreeMap<>();

	/**
	 * Creates an empty repository.
	 */
	public InMemoryContactRepository() {
	}

	@Override
	public List<Contact> findAll() {
		return locked(() -> List.copyOf(this.contacts.values()));
	}

	@Override
	public Optional<Contact> findByName(String name) {
		return locked(() -> Optional.ofNullable(this.contacts.get(name)));
	}

	@Override
	public Optional<Contact> findByPeerId(PeerId peerId) {
		return locked(
				() -> this.contacts.values().stream().filter((contact) -> contact.peerId().equals(peerId)).findFirst());
	}

	@Override
	public void add(Contact contact) {
		locked(() -> {
			if (this.contacts.containsKey(contact.name()) || findByPeerId(contact.peerId()).isPresent()) {
				throw new ContactExistsException(contact.name(), contact.peerId());
			}
			return this.contacts.put(contact.name(), contact);
		});
	}

	@Override
	public Optional<Contact> update(String name, UnaryOperator<Contact> change) {
		return locked(() -> findByName(name).map((stored) -> {
			Contact changed = change.apply(stored);
			if (!changed.peerId().equals(stored.peerId())) {
				throw InvalidContactException.peerChanged(name);
			}
			if (!changed.equals(stored) && this.contacts.containsKey(changed.name())) {
				throw new ContactExistsException(changed.name(), changed.peerId());
			}
			this.contacts.remove(name);
			this.contacts.put(changed.name(), changed);
			return changed;
		}));
	}

	@Override
	public boolean deleteByName(String name) {
		return locked(() -> this.contacts.remove(name) != null);
	}

	private <T extends @Nullable Object> T locked(Supplier<T> action) {
		this.lock.lock();
		try {
			return action.get();
		}
		finally {
			this.lock.unlock();
		}
	}

}

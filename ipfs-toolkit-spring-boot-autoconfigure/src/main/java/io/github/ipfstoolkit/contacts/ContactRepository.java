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
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.github.ipfstoolkit.PeerId;

/**
 * Where contacts are kept. An application that wants to keep them elsewhere contributes a
 * bean of this type.
 * <p>
 * Implementations are safe for use by several threads. Each call is a transaction of its
 * own, also where the caller has one open. All methods throw
 * {@link ContactStoreException} if the store fails.
 *
 * @since 0.1.0
 */
public interface ContactRepository {

	/**
	 * Returns all contacts.
	 * @return the contacts, by name
	 */
	List<Contact> findAll();

	/**
	 * Finds a contact by name.
	 * @param name the exact name
	 * @return the contact, empty if there is none
	 */
	Optional<Contact> findByName(String name);

	/**
	 * Finds a contact by its peer.
	 * @param peerId the peer
	 * @return the contact, empty if there is none
	 */
	Optional<Contact> findByPeerId(PeerId peerId);

	/**
	 * Stores a new contact.
	 * @param contact the contact
	 * @throws ContactExistsException if its name or its peer belongs to another contact
	 */
	void add(Contact contact);

	/**
	 * Changes a contact. Changes of the same contact by several threads or processes
	 * happen one after another: none is lost.
	 * @param name the contact's name
	 * @param change makes the new contact out of the stored one: the name and the
	 * addresses may differ, the peer may not. It should be quick
	 * @return the changed contact, empty if there is none of that name
	 * @throws ContactExistsException if its new name belongs to another contact
	 * @throws InvalidContactException if the peer was changed
	 */
	Optional<Contact> update(String name, UnaryOperator<Contact> change);

	/**
	 * Removes a contact.
	 * @param name the contact's name
	 * @return whether there was one
	 */
	boolean deleteByName(String name);

}

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

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.github.ipfstoolkit.InvalidIdentifierException;
import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.PeerId;

/**
 * The contact book: gives names to peers, remembers where they were reached, and connects
 * to them. Safe for use by several threads.
 * <p>
 * All methods throw {@link ContactStoreException} if the contacts can not be read or
 * written.
 *
 * @since 0.1.0
 */
public interface ContactOperations {

	/**
	 * Adds a contact.
	 * @param name the name
	 * @param peerId the peer
	 * @param addresses where the peer may be reached, with or without the peer ID at
	 * their end; without any it is looked for by routing
	 * @return the contact
	 * @throws InvalidContactException if the name is not valid or there are too many
	 * addresses
	 * @throws InvalidIdentifierException if an address is that of another peer
	 * @throws ContactExistsException if the name or the peer belongs to another contact
	 */
	Contact add(String name, PeerId peerId, Multiaddr... addresses);

	/**
	 * Returns all contacts.
	 * @return the contacts, by name
	 */
	List<Contact> list();

	/**
	 * Finds a contact by name.
	 * @param name the exact name
	 * @return the contact, empty if there is none
	 */
	Optional<Contact> find(String name);

	/**
	 * Finds a contact by its peer.
	 * @param peerId the peer
	 * @return the contact, empty if there is none
	 */
	Optional<Contact> find(PeerId peerId);

	/**
	 * Gives a contact another name.
	 * @param name the name
	 * @param newName the name that it is to have
	 * @return the renamed contact
	 * @throws ContactNotFoundException if there is no such contact
	 * @throws InvalidContactException if the new name is not valid
	 * @throws ContactExistsException if the new name belongs to another contact
	 */
	Contact rename(String name, String newName);

	/**
	 * Replaces a contact's addresses. Those that it had already keep the time at which
	 * they worked.
	 * @param name the name
	 * @param addresses all addresses that the contact is to have, with or without the
	 * peer ID at their end
	 * @return the changed contact
	 * @throws ContactNotFoundException if there is no such contact
	 * @throws InvalidContactException if there are too many addresses
	 * @throws InvalidIdentifierException if an address is that of another peer
	 */
	Contact updateAddresses(String name, Collection<Multiaddr> addresses);

	/**
	 * Removes a contact. A connection to it stays as it is.
	 * @param name the name
	 * @return whether there was one
	 */
	boolean remove(String name);

	/**
	 * Connects the node to a contact, unless it is connected: at the known addresses, or
	 * else where routing finds the peer. The address that worked is remembered.
	 * @param name the name
	 * @return whether the node is connected now, and else why not
	 * @throws ContactNotFoundException if there is no such contact
	 * @throws io.github.ipfstoolkit.NodeUnreachableException if the node does not answer
	 */
	ConnectResult connect(String name);

	/**
	 * Connects the node to a peer, unless it is connected. What is known of it is used
	 * and renewed if it is a contact; any other peer is looked for by routing.
	 * @param peerId the peer
	 * @return whether the node is connected now, and else why not
	 * @throws io.github.ipfstoolkit.NodeUnreachableException if the node does not answer
	 */
	ConnectResult connect(PeerId peerId);

	/**
	 * Connects the node to a peer as {@link #connect(PeerId)} does, in less time.
	 * @param peerId the peer
	 * @param timeout how long it may take at most; counts if it is less than the
	 * configured time
	 * @return whether the node is connected now, and else why not
	 * @throws io.github.ipfstoolkit.NodeUnreachableException if the node does not answer
	 */
	ConnectResult connect(PeerId peerId, Duration timeout);

	/**
	 * Connects the node to all contacts, several at the same time, and waits until each
	 * is connected or can not be.
	 * @return the outcomes, by the contacts' names
	 * @throws io.github.ipfstoolkit.NodeUnreachableException if the node does not answer
	 */
	List<ConnectResult> connectAll();

}

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

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.ipfstoolkit.InvalidIdentifierException;
import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.PeerId;
import org.jspecify.annotations.Nullable;

/**
 * A peer that has a name. Immutable: what a repository hands out is a snapshot, and
 * changes go through {@link ContactRepository#update}.
 * <p>
 * Two contacts are equal when their names are.
 *
 * @param name the name, unique within a contact book: 1 to {@value #MAX_NAME_LENGTH}
 * characters, no control characters, no space at either end, and not the text of a peer
 * ID, as both are accepted where a receiver is to be named
 * @param peerId the peer, unique within a contact book
 * @param addresses where the peer was reached or is said to be, the address that worked
 * last first; each ends with the peer ID and occurs once, at most {@value #MAX_ADDRESSES}
 * @since 0.1.0
 */
public record Contact(String name, PeerId peerId, List<ContactAddress> addresses) {

	/**
	 * The greatest length of a name.
	 */
	public static final int MAX_NAME_LENGTH = 100;

	/**
	 * The greatest number of addresses of a contact.
	 */
	public static final int MAX_ADDRESSES = 32;

	private static final Comparator<ContactAddress> BEST_FIRST = Comparator
		.comparing(ContactAddress::lastConnected, Comparator.nullsLast(Comparator.<Instant>reverseOrder()))
		.thenComparing((address) -> address.address().toString());

	/**
	 * Creates a contact.
	 * @param name the name
	 * @param peerId the peer
	 * @param addresses the addresses, with or without the peer ID at their end; of those
	 * that occur several times the one that worked last is taken
	 * @throws InvalidContactException if the name is not valid or there are too many
	 * addresses
	 * @throws InvalidIdentifierException if an address is that of another peer
	 */
	public Contact {
		checkName(name);
		addresses = normalize(peerId, addresses);
		if (addresses.size() > MAX_ADDRESSES) {
			throw new InvalidContactException("Contact '%s' has %d addresses, at most %d are kept".formatted(name,
					addresses.size(), MAX_ADDRESSES));
		}
	}

	/**
	 * Creates a contact to which no connection was made yet.
	 * @param name the name
	 * @param peerId the peer
	 * @param addresses the addresses, with or without the peer ID at their end
	 * @return the contact
	 * @throws InvalidContactException if the name is not valid or there are too many
	 * addresses
	 * @throws InvalidIdentifierException if an address is that of another peer
	 */
	public static Contact of(String name, PeerId peerId, Multiaddr... addresses) {
		return new Contact(name, peerId,
				Stream.of(addresses).map((address) -> new ContactAddress(address, null)).toList());
	}

	private static void checkName(String name) {
		if (name.isBlank()) {
			throw new InvalidContactException("A contact needs a name");
		}
		if (name.length() > MAX_NAME_LENGTH) {
			throw new InvalidContactException("The name of a contact has at most %d characters: '%s…'"
				.formatted(MAX_NAME_LENGTH, name.substring(0, MAX_NAME_LENGTH)));
		}
		if (!name.equals(name.strip()) || name.chars().anyMatch(Character::isISOControl)) {
			throw new InvalidContactException(
					"The name of a contact has no control characters, and no space at either end: '%s'"
						.formatted(name));
		}
		if (isPeerId(name)) {
			throw new InvalidContactException("The name of a contact must not be a peer ID: '%s'".formatted(name));
		}
	}

	private static boolean isPeerId(String name) {
		try {
			PeerId.of(name);
			return true;
		}
		catch (InvalidIdentifierException ex) {
			return false;
		}
	}

	private static List<ContactAddress> normalize(PeerId peerId, List<ContactAddress> addresses) {
		Map<String, ContactAddress> distinct = new LinkedHashMap<>();
		addresses.stream()
			.map((address) -> new ContactAddress(address.address().withPeerId(peerId), address.lastConnected()))
			.sorted(BEST_FIRST)
			.forEach((address) -> distinct.putIfAbsent(address.address().toString(), address));
		return List.copyOf(distinct.values());
	}

	/**
	 * Returns this contact under another name.
	 * @param name the name
	 * @return the renamed contact
	 * @throws InvalidContactException if the name is not valid
	 */
	public Contact withName(String name) {
		return new Contact(name, this.peerId, this.addresses);
	}

	/**
	 * Returns this contact with other addresses. Those that it has already keep the time
	 * at which they worked.
	 * @param addresses all addresses that the contact is to have, with or without the
	 * peer ID at their end
	 * @return the changed contact
	 * @throws InvalidContactException if there are too many addresses
	 * @throws InvalidIdentifierException if an address is that of another peer
	 */
	public Contact withAddresses(Collection<Multiaddr> addresses) {
		return new Contact(this.name, this.peerId, addresses.stream().map(this::known).toList());
	}

	private ContactAddress known(Multiaddr multiaddr) {
		Multiaddr complete = multiaddr.withPeerId(this.peerId);
		return this.addresses.stream()
			.filter((address) -> address.address().equals(complete))
			.findFirst()
			.orElseGet(() -> new ContactAddress(complete, null));
	}

	/**
	 * Returns this contact with an address that worked. Where that makes too many
	 * addresses, the one that has not worked for the longest time is dropped.
	 * @param address the address, with or without the peer ID at its end
	 * @param time when it worked
	 * @return the changed contact
	 * @throws InvalidIdentifierException if the address is that of another peer
	 */
	public Contact withConnected(Multiaddr address, Instant time) {
		Stream<ContactAddress> connected = Stream.of(new ContactAddress(address, time));
		List<ContactAddress> all = normalize(this.peerId, Stream.concat(connected, this.addresses.stream()).toList());
		return new Contact(this.name, this.peerId, all.subList(0, Math.min(all.size(), MAX_ADDRESSES)));
	}

	/**
	 * Returns this contact without the addresses that have worked once, but not for a
	 * long time. Those that were never tried with success stay.
	 * @param time since when an address must have worked to stay
	 * @return the changed contact
	 */
	public Contact withoutAddressesBefore(Instant time) {
		return new Contact(this.name, this.peerId,
				this.addresses.stream()
					.filter((address) -> address.lastConnected() == null || !address.lastConnected().isBefore(time))
					.toList());
	}

	/**
	 * Returns what the node is to dial: the addresses, or without any the peer alone,
	 * which it then looks for by routing.
	 */
	List<Multiaddr> targets() {
		return this.addresses.isEmpty() ? List.of(Multiaddr.of("/p2p/" + this.peerId))
				: this.addresses.stream().map(ContactAddress::address).toList();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Contact contact && this.name.equals(contact.name);
	}

	@Override
	public int hashCode() {
		return this.name.hashCode();
	}

}

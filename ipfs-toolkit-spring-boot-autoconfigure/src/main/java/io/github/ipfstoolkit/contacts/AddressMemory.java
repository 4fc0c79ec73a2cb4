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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.SwarmApi.Peer;
import org.jspecify.annotations.Nullable;

/**
 * Remembers where contacts are reached. Safe for use by several threads.
 */
final class AddressMemory {

	/**
	 * Connecting before each message is not to write each time: within this time the last
	 * success is recent enough.
	 */
	private static final Duration RECENT = Duration.ofMinutes(1);

	private static final int MAX_ANNOUNCED = 8;

	private final ContactRepository repository;

	private final Kubo kubo;

	private final Duration timeout;

	private final boolean privateAddresses;

	private final @Nullable Duration forgetAfter;

	private final Clock clock;

	AddressMemory(ContactRepository repository, Kubo kubo, Duration timeout, boolean privateAddresses,
			@Nullable Duration forgetAfter, Clock clock) {
		this.repository = repository;
		this.kubo = kubo;
		this.timeout = timeout;
		this.privateAddresses = privateAddresses;
		this.forgetAfter = forgetAfter;
		this.clock = clock;
	}

	/**
	 * Returns where the connection to a peer leads, and remembers it if the peer is a
	 * contact.
	 * @return the address, {@code null} if there is no connection any more
	 */
	@Nullable Multiaddr remember(PeerId peerId, @Nullable Contact contact) {
		Peer connection = connection(peerId);
		if (connection == null) {
			return null;
		}
		Multiaddr address = connection.address().withPeerId(peerId);
		if (contact != null) {
			if (connection.direction() == Peer.OUTBOUND) {
				rememberReached(contact, address);
			}
			else if (contact.addresses().isEmpty()) {
				rememberAnnounced(contact);
			}
		}
		return address;
	}

	private @Nullable Peer connection(PeerId peerId) {
		return this.kubo.swarm()
			.connections()
			.blockOptional(this.timeout)
			.stream()
			.flatMap((peers) -> peers.peers().stream())
			.filter((peer) -> peer.peer().equals(peerId))
			.max(Comparator.comparing(Peer::direction))
			.orElse(null);
	}

	private void rememberReached(Contact contact, Multiaddr address) {
		Instant now = this.clock.instant();
		Instant recent = now.minus(RECENT);
		boolean known = contact.addresses()
			.stream()
			.anyMatch((entry) -> entry.address().equals(address) && entry.lastConnected() != null
					&& entry.lastConnected().isAfter(recent));
		if (!known && isWanted(address)) {
			this.repository.update(contact.name(), (stored) -> forgetOld(stored.withConnected(address, now), now));
		}
	}

	private Contact forgetOld(Contact contact, Instant now) {
		return (this.forgetAfter != null) ? contact.withoutAddressesBefore(now.minus(this.forgetAfter)) : contact;
	}

	/**
	 * The remote address of a connection that the peer has opened is where it dials from,
	 * which need not be where it listens. What it announces is better than nothing.
	 */
	private void rememberAnnounced(Contact contact) {
		List<Multiaddr> announced = this.kubo.node()
			.id(contact.peerId())
			.blockOptional(this.timeout)
			.stream()
			.flatMap((identity) -> identity.addresses().stream())
			.filter(this::isWanted)
			.limit(MAX_ANNOUNCED)
			.toList();
		if (!announced.isEmpty()) {
			this.repository.update(contact.name(),
					(stored) -> stored.addresses().isEmpty() ? stored.withAddresses(announced) : stored);
		}
	}

	private boolean isWanted(Multiaddr address) {
		return this.privateAddresses || !PrivateNetworks.contain(address);
	}

}

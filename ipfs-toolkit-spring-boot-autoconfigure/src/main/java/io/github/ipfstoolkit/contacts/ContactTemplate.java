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
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.IpfsTimeoutException;
import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.NodeUnreachableException;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.Strings;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The contact book on a repository and a node. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class ContactTemplate implements ContactOperations {

	/**
	 * How long connecting to a peer may take unless it is configured.
	 */
	public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(30);

	private static final int PARALLEL = 8;

	private static final Log logger = LogFactory.getLog(ContactTemplate.class);

	private final ContactRepository repository;

	private final Kubo kubo;

	private final Duration connectTimeout;

	private final AddressMemory memory;

	/**
	 * Creates a contact book with the default settings.
	 * @param repository where contacts are kept
	 * @param kubo the node that connects to them
	 */
	public ContactTemplate(ContactRepository repository, Kubo kubo) {
		this(repository, kubo, DEFAULT_CONNECT_TIMEOUT, true, null);
	}

	/**
	 * Creates a contact book.
	 * @param repository where contacts are kept
	 * @param kubo the node that connects to them
	 * @param connectTimeout how long connecting to a peer may take
	 * @param rememberPrivateAddresses whether loopback and private addresses that worked
	 * are remembered as others are
	 * @param forgetAddressesAfter after what time an address that no longer works is
	 * forgotten, once another one has worked; {@code null} for never
	 */
	public ContactTemplate(ContactRepository repository, Kubo kubo, Duration connectTimeout,
			boolean rememberPrivateAddresses, @Nullable Duration forgetAddressesAfter) {
		this(repository, kubo, connectTimeout, rememberPrivateAddresses, forgetAddressesAfter, Clock.systemUTC());
	}

	ContactTemplate(ContactRepository repository, Kubo kubo, Duration connectTimeout, boolean rememberPrivateAddresses,
			@Nullable Duration forgetAddressesAfter, Clock clock) {
		this.repository = repository;
		this.kubo = kubo;
		this.connectTimeout = connectTimeout;
		this.memory = new AddressMemory(repository, kubo, connectTimeout, rememberPrivateAddresses,
				forgetAddressesAfter, clock);
	}

	@Override
	public Contact add(String name, PeerId peerId, Multiaddr... addresses) {
		Contact contact = Contact.of(name, peerId, addresses);
		this.repository.add(contact);
		return contact;
	}

	@Override
	public List<Contact> list() {
		return this.repository.findAll();
	}

	@Override
	public Optional<Contact> find(String name) {
		return this.repository.findByName(name);
	}

	@Override
	public Optional<Contact> find(PeerId peerId) {
		return this.repository.findByPeerId(peerId);
	}

	@Override
	public Contact rename(String name, String newName) {
		return update(name, (contact) -> contact.withName(newName));
	}

	@Override
	public Contact updateAddresses(String name, Collection<Multiaddr> addresses) {
		return update(name, (contact) -> contact.withAddresses(addresses));
	}

	private Contact update(String name, UnaryOperator<Contact> change) {
		return this.repository.update(name, change).orElseThrow(() -> new ContactNotFoundException(name));
	}

	@Override
	public boolean remove(String name) {
		return this.repository.deleteByName(name);
	}

	@Override
	public ConnectResult connect(String name) {
		Contact contact = find(name).orElseThrow(() -> new ContactNotFoundException(name));
		return connect(contact.peerId(), contact, this.connectTimeout);
	}

	@Override
	public ConnectResult connect(PeerId peerId) {
		return connect(peerId, this.connectTimeout);
	}

	@Override
	public ConnectResult connect(PeerId peerId, Duration timeout) {
		return connect(peerId, find(peerId).orElse(null),
				(timeout.compareTo(this.connectTimeout) < 0) ? timeout : this.connectTimeout);
	}

	@Override
	public List<ConnectResult> connectAll() {
		return Flux.fromIterable(list())
			.flatMapSequential(
					(contact) -> Mono.fromCallable(() -> connect(contact.peerId(), contact, this.connectTimeout))
						.subscribeOn(Schedulers.boundedElastic()),
					PARALLEL)
			.collectList()
			.blockOptional()
			.orElseGet(List::of);
	}

	private ConnectResult connect(PeerId peerId, @Nullable Contact contact, Duration timeout) {
		try {
			// One command does it all: the node returns at once if it is connected, dials
			// all addresses side by side, and asks routing when none of them answers
			// (go-libp2p, routed host)
			List<Multiaddr> targets = (contact != null) ? contact.targets() : List.of(Multiaddr.of("/p2p/" + peerId));
			this.kubo.swarm().connect(targets).timeout(timeout, timedOut(peerId, timeout)).block();
		}
		catch (NodeUnreachableException ex) {
			throw ex;
		}
		catch (IpfsException ex) {
			return ConnectResult.failed(peerId, String.valueOf(ex.getMessage()));
		}
		return ConnectResult.connected(peerId, remember(peerId, contact));
	}

	private static Mono<Strings> timedOut(PeerId peerId, Duration timeout) {
		return Mono.error(() -> new IpfsTimeoutException("Connecting to peer " + peerId, timeout, null));
	}

	private @Nullable Multiaddr remember(PeerId peerId, @Nullable Contact contact) {
		try {
			return this.memory.remember(peerId, contact);
		}
		catch (RuntimeException ex) {
			logger.warn("Connected to peer %s, but its address could not be remembered".formatted(peerId), ex);
			return null;
		}
	}

}

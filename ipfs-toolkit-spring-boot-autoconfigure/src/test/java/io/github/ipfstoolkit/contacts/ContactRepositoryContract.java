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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.github.ipfstoolkit.Multiaddr;
import org.junit.jupiter.api.Test;

import static io.github.ipfstoolkit.contacts.TestPeers.peer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What holds for all implementations of {@link ContactRepository}.
 */
public abstract class ContactRepositoryContract {

	private static final Multiaddr ADDRESS = Multiaddr.of("/ip4/198.51.100.7/tcp/4001");

	private static final Multiaddr OTHER_ADDRESS = Multiaddr.of("/dns/example.org/udp/4001/quic-v1");

	private static final Instant TIME = Instant.parse("2026-05-04T03:02:01.123456789Z");

	/**
	 * Returns an empty repository, the same one during a test.
	 */
	protected abstract ContactRepository repository();

	@Test
	void isEmptyAtFirst() {
		assertThat(repository().findAll()).isEmpty();
		assertThat(repository().findByName("alice")).isEmpty();
		assertThat(repository().findByPeerId(peer(1))).isEmpty();
	}

	@Test
	void findsWhatWasAdded() {
		Contact alice = new Contact("Alice Ünïcødé 🐙", peer(1),
				List.of(new ContactAddress(ADDRESS, TIME), new ContactAddress(OTHER_ADDRESS, null)));
		repository().add(alice);
		repository().add(Contact.of("bob", peer(2)));
		assertThat(repository().findByName(alice.name())).get().usingRecursiveComparison().isEqualTo(alice);
		assertThat(repository().findByPeerId(peer(1))).get().usingRecursiveComparison().isEqualTo(alice);
		assertThat(repository().findByPeerId(peer(2))).map(Contact::name).contains("bob");
	}

	@Test
	void namesAreExact() {
		repository().add(Contact.of("alice", peer(1)));
		assertThat(repository().findByName("Alice")).isEmpty();
		assertThat(repository().findByName("alic_")).isEmpty();
		assertThat(repository().findByName("alice ")).isEmpty();
	}

	@Test
	void listsAllByName() {
		List.of("carol", "Bob", "alice").forEach((name) -> repository().add(Contact.of(name, peer(name.charAt(0)))));
		assertThat(repository().findAll()).extracting(Contact::name).containsExactly("Bob", "alice", "carol");
	}

	@Test
	void listsEachContactOnceWithAllAddresses() {
		repository().add(Contact.of("alice", peer(1), ADDRESS, OTHER_ADDRESS));
		repository().add(Contact.of("bob", peer(2), ADDRESS));
		assertThat(repository().findAll()).extracting((contact) -> contact.addresses().size()).containsExactly(2, 1);
	}

	@Test
	void refusesANameThatExists() {
		repository().add(Contact.of("alice", peer(1)));
		assertThatExceptionOfType(ContactExistsException.class)
			.isThrownBy(() -> repository().add(Contact.of("alice", peer(2))))
			.withMessageContaining("alice");
		assertThat(repository().findAll()).extracting(Contact::peerId).containsExactly(peer(1));
	}

	@Test
	void refusesAPeerThatExists() {
		repository().add(Contact.of("alice", peer(1)));
		assertThatExceptionOfType(ContactExistsException.class)
			.isThrownBy(() -> repository().add(Contact.of("bob", peer(1))))
			.withMessageContaining(peer(1).toString());
		assertThat(repository().findAll()).extracting(Contact::name).containsExactly("alice");
	}

	@Test
	void updatesNameAndAddresses() {
		repository().add(Contact.of("alice", peer(1), ADDRESS));
		assertThat(repository().update("alice",
				(contact) -> contact.withName("alicia").withAddresses(List.of(ADDRESS, OTHER_ADDRESS))))
			.map(Contact::name)
			.contains("alicia");
		assertThat(repository().findByName("alice")).isEmpty();
		assertThat(repository().findByName("alicia").orElseThrow().addresses()).extracting(ContactAddress::address)
			.containsExactlyInAnyOrder(ADDRESS.withPeerId(peer(1)), OTHER_ADDRESS.withPeerId(peer(1)));
		repository().update("alicia", (contact) -> contact.withAddresses(List.of(OTHER_ADDRESS)));
		assertThat(repository().findByName("alicia").orElseThrow().addresses()).hasSize(1);
	}

	@Test
	void remembersWhenAnAddressWorked() {
		repository().add(Contact.of("alice", peer(1), ADDRESS, OTHER_ADDRESS));
		repository().update("alice", (contact) -> contact.withConnected(OTHER_ADDRESS, TIME));
		repository().update("alice", (contact) -> contact.withConnected(OTHER_ADDRESS, TIME.plusSeconds(1)));
		assertThat(repository().findByName("alice").orElseThrow().addresses()).containsExactly(
				new ContactAddress(OTHER_ADDRESS.withPeerId(peer(1)), TIME.plusSeconds(1)),
				new ContactAddress(ADDRESS.withPeerId(peer(1)), null));
	}

	@Test
	void updatesNothingWhereThereIsNoSuchContact() {
		assertThat(repository().update("nobody", (contact) -> contact)).isEmpty();
	}

	@Test
	void refusesToChangeThePeer() {
		repository().add(Contact.of("alice", peer(1)));
		assertThatExceptionOfType(InvalidContactException.class)
			.isThrownBy(() -> repository().update("alice", (contact) -> Contact.of("alice", peer(2))))
			.withMessageContaining("alice");
		assertThat(repository().findByName("alice")).map(Contact::peerId).contains(peer(1));
	}

	@Test
	void refusesToRenameToANameThatExists() {
		repository().add(Contact.of("alice", peer(1)));
		repository().add(Contact.of("bob", peer(2)));
		assertThatExceptionOfType(ContactExistsException.class)
			.isThrownBy(() -> repository().update("bob", (contact) -> contact.withName("alice")));
		assertThat(repository().findAll()).extracting(Contact::name).containsExactly("alice", "bob");
	}

	@Test
	void changesNothingWhenTheChangeFails() {
		repository().add(Contact.of("alice", peer(1)));
		assertThatIllegalStateException().isThrownBy(() -> repository().update("alice", (contact) -> {
			throw new IllegalStateException("from the change");
		})).withMessage("from the change");
		assertThat(repository().findByName("alice")).isPresent();
	}

	@Test
	void deletes() {
		repository().add(Contact.of("alice", peer(1), ADDRESS));
		assertThat(repository().deleteByName("alice")).isTrue();
		assertThat(repository().deleteByName("alice")).isFalse();
		assertThat(repository().findAll()).isEmpty();
		repository().add(Contact.of("alice", peer(1)));
		assertThat(repository().findByName("alice").orElseThrow().addresses()).isEmpty();
	}

	@Test
	void losesNoChangeOfSeveralThreads() throws Exception {
		repository().add(Contact.of("alice", peer(1)));
		inParallel(Contact.MAX_ADDRESSES, (number) -> repository().update("alice",
				(contact) -> contact.withConnected(Multiaddr.tcp("198.51.100.7", 4001 + number), TIME)));
		assertThat(repository().findByName("alice").orElseThrow().addresses()).hasSize(Contact.MAX_ADDRESSES);
	}

	@Test
	void storesAPeerOnceForSeveralThreads() throws Exception {
		List<Boolean> added = inParallel(16, (number) -> {
			try {
				repository().add(Contact.of("alice" + number, peer(1)));
				return true;
			}
			catch (ContactExistsException ex) {
				return false;
			}
		});
		assertThat(added).containsOnlyOnce(true);
		assertThat(repository().findAll()).hasSize(1);
	}

	private static <T> List<T> inParallel(int count, Action<T> action) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(count);
		try {
			CountDownLatch begin = new CountDownLatch(count);
			List<Future<T>> results = IntStream.range(0, count).mapToObj((number) -> executor.submit(() -> {
				begin.countDown();
				begin.await();
				return action.perform(number);
			})).toList();
			List<T> values = new ArrayList<>();
			for (Future<T> result : results) {
				values.add(result.get());
			}
			return values;
		}
		finally {
			executor.shutdownNow();
		}
	}

	private interface Action<T> {

		T perform(int number);

	}

}

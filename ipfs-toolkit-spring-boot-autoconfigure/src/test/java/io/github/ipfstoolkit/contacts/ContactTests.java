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
import java.util.List;
import java.util.stream.IntStream;

import io.github.ipfstoolkit.InvalidIdentifierException;
import io.github.ipfstoolkit.Multiaddr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.ipfstoolkit.contacts.TestPeers.peer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Contact}.
 */
class ContactTests {

	private static final Instant TIME = Instant.parse("2026-05-04T03:02:01Z");

	@ParameterizedTest
	@ValueSource(strings = { "", " ", " alice", "alice ", "al\nice", "al\u0000ice",
			"12D3KooWGzxzKZYveHXtpG6AsrUJBcWxHBFS2HsEoGTxrMLvKXtf", "QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG" })
	void refusesNames(String name) {
		assertThatExceptionOfType(InvalidContactException.class).isThrownBy(() -> Contact.of(name, peer(1)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "Alice Smith", "アリス", "alice@example.org", "a/b", "12D3Koo", "🐙" })
	void acceptsNames(String name) {
		assertThat(Contact.of(name, peer(1)).name()).isEqualTo(name);
	}

	@Test
	void refusesANameThatIsTooLong() {
		assertThat(Contact.of("a".repeat(Contact.MAX_NAME_LENGTH), peer(1)).name()).hasSize(Contact.MAX_NAME_LENGTH);
		assertThatExceptionOfType(InvalidContactException.class)
			.isThrownBy(() -> Contact.of("a".repeat(Contact.MAX_NAME_LENGTH + 1), peer(1)))
			.withMessageContaining("100");
	}

	@Test
	void isEqualByName() {
		assertThat(Contact.of("alice", peer(1))).isEqualTo(Contact.of("alice", peer(2)))
			.hasSameHashCodeAs(Contact.of("alice", peer(2)))
			.isNotEqualTo(Contact.of("bob", peer(1)));
	}

	@Test
	void addressesEndWithThePeerAndOccurOnce() {
		Multiaddr address = Multiaddr.of("/ip4/198.51.100.7/tcp/4001");
		Contact contact = Contact.of("alice", peer(1), address, address.withPeerId(peer(1)));
		assertThat(contact.addresses()).containsExactly(new ContactAddress(address.withPeerId(peer(1)), null));
	}

	@Test
	void refusesAnAddressOfAnotherPeer() {
		Multiaddr address = Multiaddr.of("/ip4/198.51.100.7/tcp/4001").withPeerId(peer(2));
		assertThatExceptionOfType(InvalidIdentifierException.class)
			.isThrownBy(() -> Contact.of("alice", peer(1), address))
			.withMessageContaining(peer(2).toString());
	}

	@Test
	void acceptsAnAddressThroughARelay() {
		Multiaddr address = Multiaddr.of("/ip4/198.51.100.7/tcp/4001/p2p/%s/p2p-circuit".formatted(peer(2)));
		assertThat(Contact.of("alice", peer(1), address).addresses().get(0).address().peerId()).contains(peer(1));
	}

	@Test
	void ordersAddressesByLastSuccess() {
		Contact contact = Contact.of("alice", peer(1), address(1), address(2), address(3))
			.withConnected(address(2), TIME)
			.withConnected(address(3), TIME.plusSeconds(1));
		assertThat(contact.addresses()).extracting(ContactAddress::address)
			.containsExactly(address(3), address(2), address(1));
		assertThat(contact.withConnected(address(2), TIME.plusSeconds(2)).addresses().get(0))
			.isEqualTo(new ContactAddress(address(2), TIME.plusSeconds(2)));
	}

	@Test
	void anEarlierSuccessDoesNotReplaceALaterOne() {
		Contact contact = Contact.of("alice", peer(1))
			.withConnected(address(1), TIME)
			.withConnected(address(1), TIME.minusSeconds(1));
		assertThat(contact.addresses()).containsExactly(new ContactAddress(address(1), TIME));
	}

	@Test
	void keepsTimesOfAddressesThatStay() {
		Contact contact = Contact.of("alice", peer(1)).withConnected(address(1), TIME);
		assertThat(contact.withAddresses(List.of(address(1), address(2))).addresses())
			.containsExactly(new ContactAddress(address(1), TIME), new ContactAddress(address(2), null));
	}

	@Test
	void dropsTheAddressThatHasNotWorkedForLongest() {
		Contact contact = Contact.of("alice", peer(1));
		for (int number = 1; number <= Contact.MAX_ADDRESSES + 2; number++) {
			contact = contact.withConnected(address(number), TIME.plusSeconds(number));
		}
		assertThat(contact.addresses()).hasSize(Contact.MAX_ADDRESSES)
			.extracting(ContactAddress::address)
			.contains(address(3), address(Contact.MAX_ADDRESSES + 2))
			.doesNotContain(address(1), address(2));
	}

	@Test
	void forgetsAddressesThatHaveNotWorkedForLong() {
		Contact contact = Contact.of("alice", peer(1), address(3))
			.withConnected(address(1), TIME)
			.withConnected(address(2), TIME.plusSeconds(1));
		assertThat(contact.withoutAddressesBefore(TIME).addresses()).hasSize(3);
		assertThat(contact.withoutAddressesBefore(TIME.plusSeconds(1)).addresses()).extracting(ContactAddress::address)
			.containsExactly(address(2), address(3));
	}

	@Test
	void refusesTooManyAddresses() {
		Multiaddr[] addresses = IntStream.rangeClosed(0, Contact.MAX_ADDRESSES)
			.mapToObj(ContactTests::address)
			.toArray(Multiaddr[]::new);
		assertThatExceptionOfType(InvalidContactException.class)
			.isThrownBy(() -> Contact.of("alice", peer(1), addresses))
			.withMessageContaining("33");
	}

	@Test
	void refusesAnAddressThatIsTooLong() {
		Multiaddr address = Multiaddr.of("/dns/" + "a".repeat(ContactAddress.MAX_LENGTH));
		assertThatExceptionOfType(InvalidContactException.class)
			.isThrownBy(() -> Contact.of("alice", peer(1), address));
	}

	private static Multiaddr address(int number) {
		return Multiaddr.tcp("198.51.100.7", 4000 + number).withPeerId(peer(1));
	}

}

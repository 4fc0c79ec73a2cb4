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

package io.github.ipfstoolkit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Multiaddr}.
 */
class MultiaddrTests {

	private static final String PEER = "12D3KooWNdTShAxH7BFYkWf99tSucVdY82d6dd8TKfxFxoYbpV3G";

	private static final String RELAY = "QmabxHu1FwATRxTrfPi63zsnKUyMf5FZ8vPZMTj8CZDcoP";

	@ParameterizedTest
	@ValueSource(strings = { "/ip4/127.0.0.1/tcp/4001", "/ip6/::1/tcp/4001", "/ip6/2001:db8::1/udp/4001/quic-v1",
			"/ip4/127.0.0.1/tcp/4001/p2p/" + PEER, "/p2p/" + PEER, "/dns4/node.example/tcp/443/wss",
			"/dnsaddr/bootstrap.libp2p.io/p2p/" + PEER, "/dns/xn--bcher-kva.example/tcp/1", "/dns/bücher.example/tcp/1",
			"/ip4/127.0.0.1/tcp/4001/p2p/" + RELAY + "/p2p-circuit/p2p/" + PEER, "/unix/run/ipfs.sock",
			"/ip4/10.0.0.0/ipcidr/8", "/ip6zone/eth0/ip6/fe80::1/tcp/1",
			"/ip4/1.2.3.4/udp/4001/webrtc-direct/certhash/uEiDikp5KVUgkLta1EjUN-IKbHk-dUBg8VzKgf5nXxLK46w",
			"/ip4/1.2.3.4/udp/4001/quic-v1/webtransport/certhash/uEiA/certhash/uEiB", "/some-new-protocol/with-a-value",
			"/ip4/1.2.3.4/tcp/65535", "/ip4/1.2.3.4/tcp/0", "/ip4/1.2.3.4/tcp/443/tls/sni/node.example/ws" })
	void keepsWhatItReads(String text) {
		assertThat(Multiaddr.of(text)).hasToString(text).isEqualTo(Multiaddr.of(text));
	}

	@ParameterizedTest
	@CsvSource({ "/ip4/127.0.0.1/tcp/4001/,/ip4/127.0.0.1/tcp/4001", "/ipfs/" + PEER + ",/p2p/" + PEER,
			"/p2p/k51qzi5uqu5dkxe5l0qpm34rqqaru1z1svq8wshqhfsyy7wu6b5ok78crmx7bf,/p2p/" + PEER,
			"/ip4/127.0.0.1/tcp/04001,/ip4/127.0.0.1/tcp/4001" })
	void writesTheUsualForm(String text, String usual) {
		assertThat(Multiaddr.of(text)).hasToString(usual)
			.isEqualTo(Multiaddr.of(usual))
			.hasSameHashCodeAs(Multiaddr.of(usual));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "//", " ", "ip4/127.0.0.1", "/ip4", "/ip4/", "/ip4//tcp/1",
			"/ip4/127.0.0.1//tcp/1", "/ip4/300.0.0.1", "/ip4/127.0.0.1/tcp", "/ip4/127.0.0.1/tcp/",
			"/ip4/127.0.0.1/tcp/x", "/ip4/127.0.0.1/tcp/65536", "/ip4/127.0.0.1/tcp/-1",
			"/ip4/127.0.0.1/tcp/999999999999", "/ip4/127.0.0.1/tcp/+1", "/ip4/127.0.0.1/tcp/\u0661", "/ip4/::1",
			"/ip4/1.2.3", "/ip4/localhost", "/ip6/127.0.0.1", "/ip6/[::1]", "/ip6/::1%eth0", "/ip6/:::", "/p2p/alice",
			"/p2p/", "/ip4/127.0.0.1/tcp/1/p2p/11", "/unix", "/unix/", "/dns4/a b/tcp/1", "/dns4/[::1]/tcp/1",
			"/dns4/a:1/tcp/1", "http://127.0.0.1:5001" })
	void refusesWhatIsNoAddress(String text) {
		assertThatExceptionOfType(InvalidIdentifierException.class).isThrownBy(() -> Multiaddr.of(text))
			.withMessageContaining("is not a valid multiaddr");
	}

	@Test
	void givesItsParts() {
		Multiaddr address = Multiaddr.of("/ip6/::1/tcp/4001/ws/p2p/" + PEER);
		assertThat(address.components()).extracting(Multiaddr.Component::protocol)
			.containsExactly("ip6", "tcp", "ws", "p2p");
		assertThat(address.host()).contains("::1");
		assertThat(address.tcpPort()).contains(4001);
		assertThat(address.value("ws")).isEmpty();
		assertThat(address.value("udp")).isEmpty();
		assertThat(address.peerId()).contains(PeerId.of(PEER));
	}

	@Test
	void partsThatAreNotThereAreEmpty() {
		Multiaddr address = Multiaddr.of("/unix/run/ipfs.sock");
		assertThat(address.host()).isEmpty();
		assertThat(address.tcpPort()).isEmpty();
		assertThat(address.peerId()).isEmpty();
		assertThat(address.value("unix")).contains("/run/ipfs.sock");
	}

	@Test
	void leadsToThePeerBehindTheRelay() {
		String relayed = "/ip4/127.0.0.1/tcp/4001/p2p/" + RELAY + "/p2p-circuit";
		assertThat(Multiaddr.of(relayed).peerId()).isEmpty();
		assertThat(Multiaddr.of(relayed + "/p2p/" + PEER).peerId()).contains(PeerId.of(PEER));
	}

	@Test
	void takesAPeerId() {
		PeerId peer = PeerId.of(PEER);
		Multiaddr address = Multiaddr.of("/ip4/127.0.0.1/tcp/4001");
		assertThat(address.withPeerId(peer)).hasToString("/ip4/127.0.0.1/tcp/4001/p2p/" + PEER);
		assertThat(address.withPeerId(peer).withPeerId(peer)).isEqualTo(address.withPeerId(peer));
		assertThatExceptionOfType(InvalidIdentifierException.class)
			.isThrownBy(() -> address.withPeerId(peer).withPeerId(PeerId.of(RELAY)))
			.withMessageContaining("another peer");
		assertThat(Multiaddr.of("/unix/run/x.sock").withPeerId(peer).peerId()).contains(peer);
	}

	@ParameterizedTest
	@CsvSource({ "127.0.0.1,/ip4/127.0.0.1/tcp/80", "::1,/ip6/::1/tcp/80", "node.example,/dns/node.example/tcp/80",
			"localhost,/dns/localhost/tcp/80" })
	void isMadeOfHostAndPort(String host, String address) {
		assertThat(Multiaddr.tcp(host, 80)).hasToString(address);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a/tcp/1/p2p", "[::1]", "host:1", "a b" })
	void isNotMadeOfWhatIsNoHost(String host) {
		assertThatExceptionOfType(InvalidIdentifierException.class).isThrownBy(() -> Multiaddr.tcp(host, 80));
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 65536 })
	void isNotMadeOfWhatIsNoPort(int port) {
		assertThatExceptionOfType(InvalidIdentifierException.class).isThrownBy(() -> Multiaddr.tcp("127.0.0.1", port));
	}

	@Test
	void isAStringInJson() {
		JsonMapper mapper = JsonMapper.shared();
		assertThat(mapper.writeValueAsString(Multiaddr.of("/p2p/" + PEER))).isEqualTo("\"/p2p/" + PEER + '"');
		assertThat(mapper.readValue("\"/p2p/" + PEER + '"', Multiaddr.class)).isEqualTo(Multiaddr.of("/p2p/" + PEER));
	}

}

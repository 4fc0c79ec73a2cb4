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

import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PeerId}. The other forms of the same ID are those that {@code ipfs key
 * ls} gives.
 */
class PeerIdTests {

	private static final String ED25519 = "12D3KooWNdTShAxH7BFYkWf99tSucVdY82d6dd8TKfxFxoYbpV3G";

	private static final String RSA = "QmabxHu1FwATRxTrfPi63zsnKUyMf5FZ8vPZMTj8CZDcoP";

	private static final String SECP256K1 = "16Uiu2HAm5XN27SiKnrRsy5fSDStcZGCTkovgxSMdkJTbVr6CfFfQ";

	@ParameterizedTest
	@CsvSource({ ED25519 + ",k51qzi5uqu5dkxe5l0qpm34rqqaru1z1svq8wshqhfsyy7wu6b5ok78crmx7bf",
			RSA + ",k2k4r8nyifhxhgc8rqiwg8lepyo8os9mbqau290tkmemvdgrnu0vyzfy",
			SECP256K1 + ",kzwfwjn5ji4puneu6grndtu5hbv7i6ifce5tyzc3iohgh5t0kpq8az53x8rbnvv" })
	void isTheSameAsItsIpnsName(String text, String name) {
		PeerId peer = PeerId.of(text);
		assertThat(peer).isEqualTo(PeerId.of(name)).hasSameHashCodeAs(PeerId.of(name)).hasToString(text);
		assertThat(PeerId.of(name)).hasToString(text);
		assertThat(peer.toIpnsName()).isEqualTo(name);
	}

	@ParameterizedTest
	@CsvSource({ ED25519 + ",bafzaajaiaejcbps4qfw7vp6psmbp4zrefejthae2o7o5popx6aqg4p5s5wknrbkl",
			RSA + ",bafzbeifwg7ladfh772pakfhntsvu6jlxtowe63w3gfrfwndfp3blsoqg5y" })
	void isReadFromItsCid(String text, String cid) {
		assertThat(PeerId.of(cid)).isEqualTo(PeerId.of(text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "1", "11", "111", "12D3", "Qm", ED25519 + " ", ED25519 + "G", "/p2p/" + ED25519,
			"12D3KooWNdTShAxH7BFYkWf99tSucVdY82d6dd8TKfxFxoYbpV3", "QmabxHu1FwATRxTrfPi63zsnKUyMf5FZ8vPZMTj8CZDco",
			"12D3KooWNdTShAxH7BFYkWf99tSucVdY82d6dd8TKfxFxoYbpV0G", "bafkqaaa",
			"bafybeie5nqv6kd3qnfjupgvz34woh3oksc3iau6abmyajn7qvtf6d2ho34", "k51", "alice",
			"1111111111111111111114oLvT2" })
	void refusesWhatIsNoPeerId(String text) {
		assertThatExceptionOfType(InvalidIdentifierException.class).isThrownBy(() -> PeerId.of(text))
			.withMessageContaining("is not a valid peer ID");
	}

	@Test
	void isOrderedByItsText() {
		TreeSet<PeerId> sorted = new TreeSet<>();
		sorted.add(PeerId.of(RSA));
		sorted.add(PeerId.of(SECP256K1));
		sorted.add(PeerId.of(ED25519));
		assertThat(sorted).map(PeerId::toString).containsExactly(ED25519, SECP256K1, RSA);
	}

	@Test
	void isAStringInJson() {
		JsonMapper mapper = JsonMapper.shared();
		assertThat(mapper.writeValueAsString(PeerId.of(ED25519))).isEqualTo('"' + ED25519 + '"');
		assertThat(mapper.readValue('"' + ED25519 + '"', PeerId.class)).isEqualTo(PeerId.of(ED25519));
	}

}

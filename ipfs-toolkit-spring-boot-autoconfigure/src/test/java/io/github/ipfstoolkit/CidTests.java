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
 * Tests for {@link Cid}. The other forms of the same CID are those that {@code ipfs cid
 * format} gives.
 */
class CidTests {

	private static final String V0 = "QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG";

	private static final String V1 = "bafybeie5nqv6kd3qnfjupgvz34woh3oksc3iau6abmyajn7qvtf6d2ho34";

	@ParameterizedTest
	@ValueSource(strings = { V1, "f017012209d6c2be50f706953479ab9df2ce3edca90b68053c00b3004b7f0accbe1e8eedf",
			"k2jmtxvacy5p64u708sn9oawhfsizpcwgk1g59ckse0h1r7a2j7d0tlr",
			"zdj7Wg2Qkk4mYgAkVU1kppfQ2sMGz5zPwERVpeWmxCQLDxVoC", "uAXASIJ1sK-UPcGlTR5q53yzj7cqQtoBTwAswBLfwrMvh6O7f",
			"mAXASIJ1sK+UPcGlTR5q53yzj7cqQtoBTwAswBLfwrMvh6O7f",
			"BAFYBEIE5NQV6KD3QNFJUPGVZ34WOH3OKSC3IAU6ABMYAJN7QVTF6D2HO34",
			"F017012209D6C2BE50F706953479AB9DF2CE3EDCA90B68053C00B3004B7F0ACCBE1E8EEDF",
			"K2JMTXVACY5P64U708SN9OAWHFSIZPCWGK1G59CKSE0H1R7A2J7D0TLR" })
	void isTheSameInEachBase(String text) {
		Cid cid = Cid.of(text);
		assertThat(cid).isEqualTo(Cid.of(V1)).hasSameHashCodeAs(Cid.of(V1)).hasToString(text);
		assertThat(cid.version()).isOne();
		assertThat(cid.codec()).isEqualTo(0x70);
		assertThat(cid.toV1()).hasToString(V1);
	}

	@ParameterizedTest
	@CsvSource({ V0 + "," + V1,
			"QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn,bafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354" })
	void ofVersion0BecomesVersion1(String v0, String v1) {
		Cid cid = Cid.of(v0);
		assertThat(cid.version()).isZero();
		assertThat(cid.codec()).isEqualTo(0x70);
		assertThat(cid.toBytes()).hasSize(34).startsWith(0x12, 0x20);
		assertThat(cid.toV1()).hasToString(v1).isNotEqualTo(cid);
	}

	@Test
	void mayHoldItsContent() {
		Cid empty = Cid.of("bafkqaaa");
		assertThat(empty.codec()).isEqualTo(0x55);
		assertThat(empty.toBytes()).containsExactly(1, 0x55, 0, 0);
	}

	@Test
	void bytesCannotBeChangedFromOutside() {
		Cid cid = Cid.of(V0);
		cid.toBytes()[3]++;
		assertThat(cid).isEqualTo(Cid.of(V0));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "Qm", "/ipfs/" + V0, V0 + " ", " " + V1, V1 + "a",
			"zQmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG", "QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbd0",
			"QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbd",
			"bafybeie5nqv6kd3qnfjupgvz34woh3oksc3iau6abmyajn7qvtf6d2ho3", "bafybei", "b", "baeaaaaaa",
			"12D3KooWNdTShAxH7BFYkWf99tSucVdY82d6dd8TKfxFxoYbpV3G", "nonsense", "https://example.org",
			"../etc/passwd" })
	void refusesWhatIsNoCid(String text) {
		assertThatExceptionOfType(InvalidIdentifierException.class).isThrownBy(() -> Cid.of(text))
			.withMessageContaining("is not a valid CID")
			.satisfies((ex) -> assertThat(ex.getInput()).isEqualTo(text));
	}

	@Test
	void refusalQuotesSafely() {
		assertThatExceptionOfType(InvalidIdentifierException.class)
			.isThrownBy(() -> Cid.of("x\nERROR forged" + "y".repeat(100_000)))
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("\n").hasSizeLessThan(400));
	}

	@Test
	void isAStringInJson() {
		JsonMapper mapper = JsonMapper.shared();
		assertThat(mapper.writeValueAsString(Cid.of(V1))).isEqualTo('"' + V1 + '"');
		assertThat(mapper.readValue('"' + V0 + '"', Cid.class)).isEqualTo(Cid.of(V0));
	}

}

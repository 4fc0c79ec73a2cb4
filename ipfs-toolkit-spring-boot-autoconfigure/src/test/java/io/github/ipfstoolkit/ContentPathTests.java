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
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ContentPath}.
 */
class ContentPathTests {

	private static final String CID = "bafkreiey5jxe6ilpf62lnh77tm5ejbbmhbugzjuf6p2v3remlu73ced34q";

	@ParameterizedTest
	@ValueSource(strings = { CID, "/ipfs/" + CID, "/ipfs/" + CID + "/", "ipfs://" + CID })
	void contentThatIsNamedByItsCidAloneIsACid(String text) {
		assertThat(ContentPath.of(text)).isEqualTo(Cid.of(CID))
			.extracting(ContentPath::toPath)
			.isEqualTo("/ipfs/" + CID);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/ipfs/" + CID + "/a b/%25.txt", "ipfs://" + CID + "/a b/%25.txt" })
	void pathBelowACidIsKept(String text) {
		assertThat(ContentPath.of(text).toPath()).isEqualTo("/ipfs/" + CID + "/a b/%25.txt");
	}

	@Test
	void pathsAreResolvedBelowOthers() {
		assertThat(Cid.of(CID).resolve("a/b").resolve("c")).isEqualTo(ContentPath.of("/ipfs/" + CID + "/a/b/c"))
			.hasToString("/ipfs/" + CID + "/a/b/c");
	}

	@Test
	void keysAndDomainsAreNames() {
		PeerId key = PeerId.of("12D3KooWGL1WQ2TXMou8HRB8zv7K274sDfWbF3noAnxWESU6RL2K");
		assertThat(ContentPath.ipns(key)).hasToString("/ipns/" + key.toIpnsName())
			.isEqualTo(ContentPath.of("ipns://" + key.toIpnsName()));
		assertThat(ContentPath.of("/ipns/example.org/a").toPath()).isEqualTo("/ipns/example.org/a");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "/ipfs", "/ipfs/", "/ipns/", "/ipfs/nothing", "/tmp/file", "nothing", "ipfs://",
			"https://example.org" })
	void othersAreRefused(String text) {
		assertThatExceptionOfType(InvalidIdentifierException.class).isThrownBy(() -> ContentPath.of(text));
	}

}

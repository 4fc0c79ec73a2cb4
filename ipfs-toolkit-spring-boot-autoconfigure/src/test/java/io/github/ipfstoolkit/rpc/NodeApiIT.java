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

package io.github.ipfstoolkit.rpc;

import io.github.ipfstoolkit.testsupport.KuboTestNode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NodeApi} against a real node.
 */
class NodeApiIT {

	@Test
	void identityAndVersion() {
		try (KuboTestNode node = KuboTestNode.start()) {
			assertThat(node.kubo().node().id().block().id().toString()).isEqualTo(node.run("id", "-f", "<id>"));
			assertThat(node.kubo().node().version().block().version()).isEqualTo(node.run("version", "-n").trim());
			assertThat(node.kubo().p2p().ls().block().listeners()).isEmpty();
		}
	}

}

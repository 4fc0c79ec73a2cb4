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

package io.github.ipfstoolkit.node;

import java.time.Duration;

import io.github.ipfstoolkit.p2p.TunnelOptions;
import io.github.ipfstoolkit.p2p.TunnelTemplate;
import io.github.ipfstoolkit.rpc.KuboVersion;
import io.github.ipfstoolkit.rpc.NodeTooOldException;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for what the oldest supported node is too old for, with that.
 */
@EnabledIf("isOldest")
class OldestNodeIT {

	private KuboTestNode node;

	static boolean isOldest() {
		return KuboTestNode.version().equals(KuboVersion.OLDEST_SUPPORTED);
	}

	@BeforeEach
	void start() {
		this.node = KuboTestNode.start();
	}

	@AfterEach
	void stop() {
		this.node.close();
	}

	@Test
	void applicationThatExchangesMessagesDoesNotStart() {
		assertThatExceptionOfType(NodeVersionException.class).isThrownBy(() -> external(StreamMounting.ENABLE).start())
			.withMessageContainingAll("0.39.0", "0.40.0 or newer", "ipfs.node.stream-mounting=ignore");
		assertThatNoException().isThrownBy(() -> external(StreamMounting.IGNORE).start());
	}

	private ExternalIpfsNode external(StreamMounting streamMounting) {
		return new ExternalIpfsNode(this.node.endpoint(), streamMounting, Duration.ofSeconds(30));
	}

	@Test
	void tunnelsAreRefusedAndNothingIsLeftOnTheNode() {
		TunnelTemplate tunnels = new TunnelTemplate(this.node.kubo(), () -> "127.0.0.1", TunnelOptions.defaults());
		assertThatExceptionOfType(NodeTooOldException.class).isThrownBy(() -> tunnels.listen("chat"))
			.withMessageContainingAll("p2p/listen", "foreground", "0.40.0 or newer", "0.39.0");
		assertThatExceptionOfType(NodeTooOldException.class)
			.isThrownBy(() -> tunnels.forward(this.node.peerId(), "chat"));
		assertThat(this.node.kubo().p2p().ls().block().listeners()).isEmpty();
	}

}

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

package io.github.ipfstoolkit.rpc.http;

import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for which connections commands take. The node tells them apart.
 */
class ConnectionPoolTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final int CONNECTIONS = 8;

	private static final String VERSION = FakeNode.response("200 OK", "application/json", "{\"Version\":\"1\"}");

	private final FakeNode node = new FakeNode();

	private final KuboHttpClient client = new KuboHttpClient(this.node::endpoint);

	@AfterEach
	void close() {
		this.client.close();
		this.node.close();
	}

	@Test
	void afterABurstOneCommandAfterTheOtherTakesWhatWasUsedLast() {
		CountDownLatch together = new CountDownLatch(CONNECTIONS);
		for (int i = 0; i < CONNECTIONS; i++) {
			this.node.reply((connection) -> {
				together.countDown();
				together.await();
				connection.write(VERSION);
			});
		}
		Flux.range(0, CONNECTIONS).flatMap((i) -> this.client.node().version(), CONNECTIONS).blockLast(LIMIT);
		assertThat(this.node.acceptedConnections()).isEqualTo(CONNECTIONS);
		Set<Socket> used = ConcurrentHashMap.newKeySet();
		for (int i = 0; i < 4 * CONNECTIONS; i++) {
			this.node.reply((connection) -> {
				used.add(connection.socket());
				connection.write(VERSION);
			});
			this.client.node().version().block(LIMIT);
		}
		// a connection is given back a moment after its reply, when the next command may
		// have taken another one
		assertThat(used).hasSizeLessThanOrEqualTo(CONNECTIONS / 2);
		assertThat(this.node.acceptedConnections()).isEqualTo(CONNECTIONS);
	}

}

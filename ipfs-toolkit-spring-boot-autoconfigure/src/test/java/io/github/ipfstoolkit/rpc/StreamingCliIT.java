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

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.rpc.client.KuboClient;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.SignalType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tests of {@link StreamingIT} with the executable.
 */
@Tag("long")
class StreamingCliIT extends StreamingIT {

	@Override
	Backend backend() {
		return Backend.CLI;
	}

	/**
	 * Over HTTP and with the executable at once, as Kubo waits half a minute for streams
	 * before it breaks their connections.
	 */
	@Test
	void nodeThatShutsDownEndsEventStreams() {
		try (KuboTestNode other = KuboTestNode.start(); KuboClient http = Backend.HTTP.connect(other)) {
			List<Map<String, SlowConsumer>> streams = List.of(subscribe(http), subscribe(kubo(other)));
			for (String name : streams.get(0).keySet()) {
				await().untilAsserted(
						() -> assertThat(active(other)).filteredOn(name::equals).as(name).hasSize(streams.size()));
			}
			other.kubo().node().shutdown().block();
			streams.forEach((ended) -> ended.forEach((name, consumer) -> {
				await().atMost(Duration.ofSeconds(120)).until(consumer::isDisposed);
				assertThat(consumer.end).as(name).isIn(SignalType.ON_COMPLETE, SignalType.ON_ERROR);
				if (consumer.end == SignalType.ON_ERROR) {
					assertThat(consumer.failure).as(name).isInstanceOf(IpfsException.class);
				}
			}));
		}
	}

}

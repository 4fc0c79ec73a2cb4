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

package io.github.ipfstoolkit.rpc.client;

import java.net.URI;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link CallKind} and {@link RpcTimeouts}.
 */
class CallKindTests {

	@ParameterizedTest
	@CsvSource({ "id,COMMAND", "id?arg=12D3,LOOKUP", "version,COMMAND", "version/check,LOOKUP", "config,COMMAND",
			"swarm/peers,COMMAND", "swarm/connect?arg=x,LOOKUP", "ping?arg=x,LOOKUP", "routing/findpeer,LOOKUP",
			"routing/reprovide,BULK", "name/publish,LOOKUP", "name/inspect,COMMAND", "cat?arg=x,TRANSFER",
			"add,TRANSFER", "files/read,TRANSFER", "dag/export,TRANSFER", "pin/ls,TRANSFER", "pin/add,BULK",
			"pin/remote/ls,LOOKUP", "pin/remote/service/add,LOOKUP", "repo/stat,TRANSFER", "repo/gc,BULK",
			"pubsub/sub?arg=u,STREAM", "pubsub/pub?arg=u,COMMAND", "log/tail,SILENT_STREAM",
			"p2p/listen?arg=a&arg=b,COMMAND", "p2p/listen?arg=a&foreground=true,STREAM",
			"p2p/forward?foreground=true&arg=a,STREAM", "p2p/forward?foreground=false,COMMAND",
			"p2p/forward?arg=foreground%3Dtrue,COMMAND", "stats/bw,COMMAND", "stats/bw?poll=true,STREAM",
			"catalogue,COMMAND", "some/new/command,COMMAND" })
	void commandsHaveTheirKind(String call, CallKind kind) {
		URI uri = URI.create("http://127.0.0.1:5001/proxy/api/v0/" + call);
		assertThat(CallKind.of(CallKind.command(uri), uri.getRawQuery())).isEqualTo(kind);
	}

	@Test
	void timeoutsMustBePositive() {
		Duration second = Duration.ofSeconds(1);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new RpcTimeouts(second, second, Duration.ZERO, second, second))
			.withMessageContaining("transfer");
	}

}

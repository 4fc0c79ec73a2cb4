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

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.github.ipfstoolkit.rpc.SectionCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link CallSafety} and {@link RpcRetries}.
 */
class CallSafetyTests {

	/**
	 * Commands that are never sent twice. Each command of a section is either here or
	 * said to be safe or idempotent, so that a new one has to be thought about.
	 */
	private static final Set<String> UNSAFE = Set.of("add", "bitswap/reprovide", "block/put", "block/rm",
			"bootstrap/rm", "config/profile/apply", "config/replace", "dag/import", "dag/put", "files/cp",
			"files/mkdir", "files/mv", "files/rm", "files/write", "key/export", "key/gen", "key/import", "key/rename",
			"key/rm", "key/rotate", "key/sign", "key/verify", "mount", "multibase/decode", "multibase/encode",
			"multibase/transcode", "name/inspect", "name/publish", "name/pubsub/cancel", "name/put",
			"object/patch/add-link", "object/patch/rm-link", "p2p/close", "p2p/forward", "p2p/listen",
			"p2p/stream/close", "pin/remote/add", "pin/remote/rm", "pin/remote/service/add", "pin/remote/service/rm",
			"pin/rm", "pin/update", "provide/clear", "pubsub/pub", "pubsub/reset", "repo/migrate", "routing/provide",
			"routing/put", "routing/reprovide", "shutdown", "swarm/disconnect", "swarm/filters/rm");

	@Test
	void eachCommandIsThoughtAbout() {
		Set<String> unsafe = SectionCall.all()
			.map(SectionCall::command)
			.filter((command) -> CallSafety.of(command, null) == CallSafety.UNSAFE)
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(unsafe).isEqualTo(new TreeSet<>(UNSAFE));
	}

	@Test
	void whatHasAnUploadIsUnsafe() {
		assertThat(SectionCall.all().filter(SectionCall::hasUpload)).isNotEmpty()
			.allSatisfy((call) -> assertThat(CallSafety.of(call.command(), null)).isEqualTo(CallSafety.UNSAFE));
	}

	@ParameterizedTest
	@CsvSource({ "cat,arg=x,SAFE", "cat,,SAFE", "config,arg=a,SAFE", "config,arg=a&expand-auto=true,SAFE",
			"config,arg=a&arg=b,IDEMPOTENT", "config,json=true&arg=a&arg=b,IDEMPOTENT", "log/level,,SAFE",
			"log/level,arg=all,SAFE", "log/level,arg=all&arg=debug,IDEMPOTENT", "files/mkdir,arg=%2Fa,UNSAFE",
			"files/mkdir,arg=%2Fa&parents=true,IDEMPOTENT", "files/mkdir,arg=%2Fa&parents=false,UNSAFE",
			"repo/verify,,SAFE", "repo/verify,drop=true,UNSAFE", "repo/verify,heal,UNSAFE", "filestore/verify,,SAFE",
			"filestore/verify,remove-bad-blocks=true,UNSAFE", "filestore/verify,remove-bad-blocks=false,SAFE",
			"pin/add,arg=x,IDEMPOTENT", "some/new/command,,UNSAFE", "catalogue,,UNSAFE", "cat/alogue,,UNSAFE" })
	void optionsAndArgumentsMatter(String command, String query, CallSafety safety) {
		assertThat(CallSafety.of(command, query)).isEqualTo(safety);
	}

	@Test
	void retriesMustMakeSense() {
		Duration second = Duration.ofSeconds(1);
		assertThatIllegalArgumentException().isThrownBy(() -> new RpcRetries(-1, second, second, false));
		assertThatIllegalArgumentException().isThrownBy(() -> new RpcRetries(1, Duration.ZERO, second, false));
		assertThatIllegalArgumentException().isThrownBy(() -> new RpcRetries(1, second, Duration.ofMillis(1), false));
		assertThat(RpcRetries.DEFAULTS.writes()).isFalse();
		assertThat(RpcRetries.NONE.maxAttempts()).isZero();
	}

}

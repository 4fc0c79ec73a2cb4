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

package io.github.ipfstoolkit.observation;

import java.time.Duration;
import java.util.List;

import io.github.ipfstoolkit.IpfsTimeoutException;
import io.github.ipfstoolkit.NodeUnreachableException;
import io.github.ipfstoolkit.rpc.RpcObserver.End;
import io.micrometer.common.KeyValue;
import io.micrometer.common.docs.KeyName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DefaultIpfsRpcObservationConvention}.
 */
class DefaultIpfsRpcObservationConventionTests {

	private final DefaultIpfsRpcObservationConvention convention = new DefaultIpfsRpcObservationConvention();

	@Test
	void commandAndBackendAreTold() {
		IpfsRpcObservationContext context = new IpfsRpcObservationContext("block/stat", "http");
		assertThat(keyValue(context, "command")).isEqualTo("block/stat");
		assertThat(keyValue(context, "backend")).isEqualTo("http");
		assertThat(this.convention.getContextualName(context)).isEqualTo("ipfs block/stat");
	}

	@Test
	void outcomeTellsHowTheCallEnded() {
		assertThat(outcome(End.COMPLETED, null)).isEqualTo("success");
		assertThat(outcome(End.CANCELLED, null)).isEqualTo("cancelled");
		assertThat(outcome(End.FAILED, new IllegalStateException())).isEqualTo("error");
		assertThat(outcome(End.FAILED, new NodeUnreachableException("http://127.0.0.1:1", null)))
			.isEqualTo("unreachable");
		assertThat(outcome(End.FAILED, new IpfsTimeoutException("id", Duration.ZERO, null))).isEqualTo("timeout");
		assertThat(outcome(null, null)).isEqualTo("unknown");
	}

	@Test
	void keysAreTheSameWhateverTheOutcomeAndAsDocumented() {
		String[] documented = { "backend", "command", "outcome" };
		IpfsRpcObservationContext context = new IpfsRpcObservationContext("id", "http");
		assertThat(keys(context)).containsExactly(documented);
		context.setEnd(End.COMPLETED);
		assertThat(keys(context)).containsExactly(documented);
		assertThat(IpfsRpcObservationDocumentation.RPC.getLowCardinalityKeyNames()).extracting(KeyName::asString)
			.containsExactlyInAnyOrder(documented);
		assertThat(this.convention.getHighCardinalityKeyValues(context)).isEmpty();
	}

	private String outcome(@Nullable End end, @Nullable Throwable error) {
		IpfsRpcObservationContext context = new IpfsRpcObservationContext("id", "http");
		if (end != null) {
			context.setEnd(end);
		}
		if (error != null) {
			context.setError(error);
		}
		return keyValue(context, "outcome");
	}

	private List<String> keys(IpfsRpcObservationContext context) {
		return this.convention.getLowCardinalityKeyValues(context).stream().map(KeyValue::getKey).toList();
	}

	private String keyValue(IpfsRpcObservationContext context, String key) {
		return this.convention.getLowCardinalityKeyValues(context)
			.stream()
			.filter((keyValue) -> keyValue.getKey().equals(key))
			.findFirst()
			.orElseThrow()
			.getValue();
	}

}

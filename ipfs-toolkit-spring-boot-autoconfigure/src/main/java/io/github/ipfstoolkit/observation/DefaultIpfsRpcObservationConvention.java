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

import io.github.ipfstoolkit.IpfsTimeoutException;
import io.github.ipfstoolkit.NodeUnreachableException;
import io.github.ipfstoolkit.observation.IpfsRpcObservationDocumentation.LowCardinalityKeyNames;
import io.github.ipfstoolkit.rpc.RpcObserver.End;
import io.micrometer.common.KeyValues;

/**
 * The observation {@code ipfs.rpc} with the key values of
 * {@link IpfsRpcObservationDocumentation}. Stateless.
 *
 * @since 0.1.0
 */
public class DefaultIpfsRpcObservationConvention implements IpfsRpcObservationConvention {

	@Override
	public String getName() {
		return "ipfs.rpc";
	}

	@Override
	public String getContextualName(IpfsRpcObservationContext context) {
		return "ipfs " + context.getCommand();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(IpfsRpcObservationContext context) {
		return KeyValues.of(LowCardinalityKeyNames.COMMAND.of(context.getCommand()),
				LowCardinalityKeyNames.OUTCOME.of(outcome(context)),
				LowCardinalityKeyNames.BACKEND.of(context.getBackend()));
	}

	private static String outcome(IpfsRpcObservationContext context) {
		Throwable error = context.getError();
		if (error instanceof NodeUnreachableException) {
			return "unreachable";
		}
		if (error instanceof IpfsTimeoutException) {
			return "timeout";
		}
		End end = context.getEnd();
		if (error != null || end == End.FAILED) {
			return "error";
		}
		if (end == null) {
			return "unknown";
		}
		return (end == End.COMPLETED) ? "success" : "cancelled";
	}

}

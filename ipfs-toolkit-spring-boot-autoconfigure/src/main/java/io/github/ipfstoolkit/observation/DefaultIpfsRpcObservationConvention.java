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
import io.micrometer.common.KeyValues;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientRequestObservationContext;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClientRequestException;

/**
 * The observation {@code ipfs.rpc} with the key values of
 * {@link IpfsRpcObservationDocumentation}. Stateless.
 *
 * @since 0.1.0
 */
public class DefaultIpfsRpcObservationConvention implements IpfsRpcObservationConvention {

	private static final String ROOT = "/api/v0/";

	@Override
	public String getName() {
		return "ipfs.rpc";
	}

	@Override
	public String getContextualName(ClientRequestObservationContext context) {
		return "ipfs " + command(context);
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(ClientRequestObservationContext context) {
		return KeyValues.of(LowCardinalityKeyNames.COMMAND.of(command(context)),
				LowCardinalityKeyNames.OUTCOME.of(outcome(context)), LowCardinalityKeyNames.BACKEND.of("http"));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(ClientRequestObservationContext context) {
		return KeyValues.empty();
	}

	private static String command(ClientRequestObservationContext context) {
		ClientRequest request = context.getRequest();
		if (request == null) {
			return "unknown";
		}
		// A proxy may have a path of its own before the API's
		String path = request.url().getPath();
		int root = path.indexOf(ROOT);
		return (root >= 0) ? path.substring(root + ROOT.length()) : "unknown";
	}

	private static String outcome(ClientRequestObservationContext context) {
		ClientResponse response = context.getResponse();
		if (response != null) {
			return response.statusCode().isError() ? "error" : "success";
		}
		Throwable error = context.getError();
		if (error instanceof WebClientRequestException) {
			error = error.getCause();
		}
		if (error instanceof NodeUnreachableException) {
			return "unreachable";
		}
		if (error instanceof IpfsTimeoutException) {
			return "timeout";
		}
		return (error != null) ? "error" : "unknown";
	}

}

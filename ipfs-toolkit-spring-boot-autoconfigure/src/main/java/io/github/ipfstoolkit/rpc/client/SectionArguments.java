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

import java.util.List;
import java.util.regex.Pattern;

import io.github.ipfstoolkit.rpc.CallOptions;
import io.github.ipfstoolkit.rpc.Upload;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.web.service.invoker.HttpRequestValues;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import org.springframework.web.service.invoker.ReactiveHttpRequestValues;

/**
 * What methods of the RPC API's sections take besides plain query parameters.
 */
final class SectionArguments {

	private static final Pattern COMMAND = Pattern.compile("[a-z0-9-]+(/[a-z0-9-]+)*");

	private SectionArguments() {
	}

	static HttpServiceProxyFactory.Builder supportedBy(HttpServiceProxyFactory.Builder builder) {
		return builder.customArgumentResolver(new CommandOptionsArgumentResolver())
			.customArgumentResolver(new MultibaseParamArgumentResolver())
			.customArgumentResolver(new UploadArgumentResolver());
	}

	/**
	 * Makes of a call what a section's method would make of it.
	 */
	static HttpRequestValues call(String command, List<String> arguments, CallOptions options,
			@Nullable Upload upload) {
		if (!COMMAND.matcher(command).matches()) {
			throw new IllegalArgumentException("'%s' is no command such as 'files/ls'".formatted(command));
		}
		ReactiveHttpRequestValues.Builder request = ReactiveHttpRequestValues.builder();
		request.setHttpMethod(HttpMethod.POST).setUriTemplate("/api/v0/" + command);
		arguments.forEach((argument) -> request.addRequestParameter("arg", argument));
		CommandOptionsArgumentResolver.add(options, request);
		if (upload != null) {
			UploadArgumentResolver.add(upload, request);
		}
		return request.build();
	}

}

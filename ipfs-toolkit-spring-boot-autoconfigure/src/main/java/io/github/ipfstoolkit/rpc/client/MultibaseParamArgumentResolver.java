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

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.github.ipfstoolkit.rpc.MultibaseParam;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.web.service.invoker.HttpRequestValues;
import org.springframework.web.service.invoker.HttpServiceArgumentResolver;

/**
 * Sends texts that are marked with {@link MultibaseParam} in the one multibase form that
 * Kubo takes for them: {@code u} and base 64 for URLs without padding.
 */
final class MultibaseParamArgumentResolver implements HttpServiceArgumentResolver {

	@Override
	public boolean resolve(@Nullable Object argument, MethodParameter parameter, HttpRequestValues.Builder request) {
		MultibaseParam annotation = parameter.getParameterAnnotation(MultibaseParam.class);
		if (annotation == null || !(argument instanceof String text)) {
			return false;
		}
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		request.addRequestParameter(annotation.value(),
				"u" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
		return true;
	}

}

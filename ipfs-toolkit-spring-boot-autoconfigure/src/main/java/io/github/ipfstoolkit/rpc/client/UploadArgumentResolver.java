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

import io.github.ipfstoolkit.rpc.Upload;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.web.service.invoker.HttpRequestValues;
import org.springframework.web.service.invoker.HttpServiceArgumentResolver;
import org.springframework.web.service.invoker.ReactiveHttpRequestValues;

/**
 * Sends an {@link Upload} as the request's body.
 */
final class UploadArgumentResolver implements HttpServiceArgumentResolver {

	@Override
	public boolean resolve(@Nullable Object argument, MethodParameter parameter, HttpRequestValues.Builder request) {
		if (!(argument instanceof Upload upload)) {
			return false;
		}
		add(upload, (ReactiveHttpRequestValues.Builder) request);
		return true;
	}

	static void add(Upload upload, ReactiveHttpRequestValues.Builder request) {
		request.addAttribute(KuboClient.UPLOAD_ATTRIBUTE, upload);
		request.setBodyValue(upload);
	}

}

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
import java.util.Map;

import io.github.ipfstoolkit.rpc.Upload;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import org.springframework.core.ResolvableType;
import org.springframework.http.MediaType;
import org.springframework.http.ReactiveHttpOutputMessage;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.util.MimeTypeUtils;

/**
 * Writes an {@link Upload} as a request's body.
 */
final class UploadWriter implements HttpMessageWriter<Upload> {

	/**
	 * How many pieces are read before the node takes them. Reactor Netty would ask for
	 * 128, 8 MiB of each of many uploads.
	 */
	private static final int PIECES_AHEAD = 16;

	@Override
	public List<MediaType> getWritableMediaTypes() {
		return List.of(MediaType.MULTIPART_FORM_DATA);
	}

	@Override
	public boolean canWrite(ResolvableType type, @Nullable MediaType mediaType) {
		return Upload.class.isAssignableFrom(type.toClass());
	}

	@Override
	public Mono<Void> write(Publisher<? extends Upload> upload, ResolvableType type, @Nullable MediaType mediaType,
			ReactiveHttpOutputMessage message, Map<String, Object> hints) {
		String boundary = MimeTypeUtils.generateMultipartBoundaryString();
		message.getHeaders().setContentType(MediaType.valueOf("multipart/form-data;boundary=" + boundary));
		return Mono.from(upload).flatMapMany((value) -> MultipartBody.write(value, boundary, (body) -> {
			if (body.length() >= 0) {
				message.getHeaders().setContentLength(body.length());
			}
			return message.writeWith(body.toFlux().limitRate(PIECES_AHEAD));
		})).then();
	}

}

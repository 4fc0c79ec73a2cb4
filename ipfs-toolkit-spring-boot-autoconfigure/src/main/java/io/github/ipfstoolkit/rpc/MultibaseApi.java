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

import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Commands of {@code multibase}: bytes as text. {@link io.github.ipfstoolkit.Multibase}
 * does it without a node.
 *
 * @since 0.1.0
 */
@HttpExchange("/api/v0/multibase")
public interface MultibaseApi {

	/**
	 * Writes bytes as text ({@code multibase/encode}).
	 * @param upload the bytes: a single file
	 * @param base the encoding, such as {@code base64url}
	 * @return the text, with the prefix that stands for the encoding; the buffers are to
	 * be released
	 */
	@PostExchange("/encode")
	Flux<DataBuffer> encode(Upload upload, @RequestParam("b") String base);

	/**
	 * Reads bytes that were written as text ({@code multibase/decode}).
	 * @param upload the text: a single file
	 * @return the bytes; the buffers are to be released
	 */
	@PostExchange("/decode")
	Flux<DataBuffer> decode(Upload upload);

	/**
	 * Writes text in another encoding ({@code multibase/transcode}).
	 * @param upload the text: a single file
	 * @param base the encoding, such as {@code base64url}
	 * @return the text in that encoding; the buffers are to be released
	 */
	@PostExchange("/transcode")
	Flux<DataBuffer> transcode(Upload upload, @RequestParam("b") String base);

	/**
	 * Lists the encodings ({@code multibase/list}).
	 * @return the encodings
	 */
	@PostExchange("/list")
	Flux<CodeAndName> list();

}

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

import java.util.function.Consumer;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Counts what is sent of an upload.
 */
final class UploadProgress {

	private final Consumer<Upload.Progress> listener;

	private final long total;

	private long sent;

	private UploadProgress(Consumer<Upload.Progress> listener, long total) {
		this.listener = listener;
		this.total = total;
	}

	/**
	 * Tells a listener how far parts are sent.
	 * @param parts the parts; subscribed to twice
	 */
	static Flux<Upload.Part> observe(Flux<Upload.Part> parts, Consumer<Upload.Progress> listener) {
		return size(parts).flatMapMany((total) -> {
			UploadProgress progress = new UploadProgress(listener, total);
			return parts.map((part) -> part.withContent(progress.observe(part)));
		});
	}

	/**
	 * Counts the bytes of parts.
	 * @return how many there are; -1 if it is not known
	 */
	static Mono<Long> size(Flux<Upload.Part> parts) {
		return parts.map(Upload.Part::size).reduce(0L, (sum, size) -> (sum < 0 || size < 0) ? -1 : sum + size);
	}

	private Flux<DataBuffer> observe(Upload.Part part) {
		if (part.kind() != Upload.Kind.FILE) {
			return part.content();
		}
		return Flux.defer(() -> {
			// parts are sent one after another
			long before = this.sent;
			return part.content().doOnNext((buffer) -> {
				this.sent += buffer.readableByteCount();
				try {
					this.listener.accept(
							new Upload.Progress(part.path(), this.sent - before, part.size(), this.sent, this.total));
				}
				catch (Throwable ex) {
					DataBufferUtils.release(buffer);
					throw ex;
				}
			});
		});
	}

}

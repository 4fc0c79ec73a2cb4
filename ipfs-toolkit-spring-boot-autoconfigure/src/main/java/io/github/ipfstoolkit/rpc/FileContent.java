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

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

import io.netty.buffer.PooledByteBufAllocator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.core.io.buffer.NettyDataBufferFactory;

/**
 * Reads what is sent of a file.
 */
final class FileContent {

	/**
	 * Makes buffers that are used again, and that a connection takes as they are: ones on
	 * the heap are cleared, copied and collected, which takes longer than to send them.
	 */
	static final DataBufferFactory BUFFERS = new NettyDataBufferFactory(PooledByteBufAllocator.DEFAULT);

	private FileContent() {
	}

	/**
	 * Reads a file. Its first piece is on the heap, and read on the thread that
	 * subscribes, where that may block: most files have no more, and a change of thread
	 * takes longer than to read them.
	 */
	static Flux<DataBuffer> read(Path path) {
		Flux<DataBuffer> content = Flux.using(() -> FileChannel.open(path),
				(file) -> Mono.fromCallable(() -> Channels.newInputStream(file).readNBytes(Upload.BUFFER_SIZE))
					.flatMapMany((start) -> {
						Flux<DataBuffer> first = Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(start));
						return (start.length < Upload.BUFFER_SIZE) ? first : first.concatWith(readRest(file));
					}),
				FileContent::close);
		return Flux.defer(
				() -> Schedulers.isInNonBlockingThread() ? content.subscribeOn(Schedulers.boundedElastic()) : content);
	}

	private static Flux<DataBuffer> readRest(FileChannel file) {
		return DataBufferUtils.readByteChannel(() -> file, BUFFERS, Upload.BUFFER_SIZE)
			.subscribeOn(Schedulers.boundedElastic());
	}

	private static void close(FileChannel file) {
		try {
			file.close();
		}
		catch (IOException ignored) {
			// all that was wanted has been read
		}
	}

}

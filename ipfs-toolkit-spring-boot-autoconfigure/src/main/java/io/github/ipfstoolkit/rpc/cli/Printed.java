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

package io.github.ipfstoolkit.rpc.cli;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.github.ipfstoolkit.rpc.RpcError;
import io.github.ipfstoolkit.rpc.StreamFailedException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * What the executable prints.
 *
 * @param call what was asked for
 * @param prepared how it was asked for
 * @param input what it was given
 * @param sent how many bytes were sent, by the name of the file
 * @param output what is printed
 * @param exit how the executable ended, known after all is printed
 */
record Printed(Invocation call, Invocation prepared, Input input, Map<String, AtomicLong> sent, Flux<DataBuffer> output,
		Mono<Exit> exit) {

	/**
	 * Fails unless the executable ends well.
	 */
	<T> Mono<T> verified() {
		return this.exit.flatMap(this::verified);
	}

	<T> Mono<T> verified(Exit end) {
		return end.isFailure()
				? Mono.error(new StreamFailedException(this.call.command(), new RpcError(end.message(), 0, "error")))
				: Mono.empty();
	}

}

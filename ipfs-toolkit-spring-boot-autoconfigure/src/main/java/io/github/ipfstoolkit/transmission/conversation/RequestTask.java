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
package io.github.ipfstoolkit.transmission.conversation;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * A request that waits on a thread of its own. Who does not want its answer any more
 * interrupts it, which closes its conversation.
 *
 * @param <T> what is answered
 */
final class RequestTask<T> extends FutureTask<T> {

	private final MonoSink<T> sink;

	private RequestTask(Callable<T> request, MonoSink<T> sink) {
		super(request);
		this.sink = sink;
	}

	/**
	 * Runs a request for each subscriber.
	 */
	static <T> Mono<T> run(Callable<T> request, Executor executor) {
		return Mono.create((sink) -> {
			RequestTask<T> task = new RequestTask<>(request, sink);
			sink.onCancel(() -> task.cancel(true));
			executor.execute(task);
		});
	}

	@Override
	protected void done() {
		if (isCancelled()) {
			return;
		}
		try {
			this.sink.success(get());
		}
		catch (ExecutionException ex) {
			Throwable cause = ex.getCause();
			this.sink.error((cause != null) ? cause : ex);
		}
		catch (InterruptedException ex) {
			// the subscriber's thread asks for it, as the answer is there
			Thread.currentThread().interrupt();
			this.sink.error(ex);
		}
	}

}

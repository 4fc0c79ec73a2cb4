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

package io.github.ipfstoolkit.testsupport;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Has no thread for one of its tasks.
 */
public final class ExhaustedExecutor implements Executor {

	private final Executor delegate;

	private final int failing;

	private final Class<? extends Throwable> failure;

	private final AtomicInteger tasks = new AtomicInteger();

	/**
	 * Creates an instance.
	 * @param delegate runs the tasks
	 * @param failing the number of the task that fails, the first being 1
	 * @param failure with what it fails
	 */
	public ExhaustedExecutor(Executor delegate, int failing, Class<? extends Throwable> failure) {
		this.delegate = delegate;
		this.failing = failing;
		this.failure = failure;
	}

	@Override
	public void execute(Runnable task) {
		if (this.tasks.incrementAndGet() == this.failing) {
			throw ExhaustedExecutor.<RuntimeException>unchecked(failure());
		}
		this.delegate.execute(task);
	}

	private Throwable failure() {
		try {
			return this.failure.getConstructor(String.class).newInstance("unable to create native thread");
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@SuppressWarnings("unchecked")
	private static <T extends Throwable> T unchecked(Throwable failure) throws T {
		throw (T) failure;
	}

}

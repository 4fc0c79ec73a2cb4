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

package io.github.ipfstoolkit.listener;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the JVM alive by a thread that does nothing. Those on which messages are handled
 * can not: there are none while no peer is connected, and virtual ones never count.
 */
final class KeepAlive {

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable CountDownLatch end;

	void start() {
		this.lock.lock();
		try {
			if (this.end == null) {
				CountDownLatch end = new CountDownLatch(1);
				Thread thread = new Thread(() -> await(end), "ipfs-listener-keep-alive");
				thread.setDaemon(false);
				thread.start();
				this.end = end;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	void stop() {
		this.lock.lock();
		try {
			if (this.end != null) {
				this.end.countDown();
				this.end = null;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private static void await(CountDownLatch end) {
		try {
			end.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}

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

import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

import io.github.ipfstoolkit.p2p.TunnelListener;
import io.github.ipfstoolkit.p2p.TunnelStream;

/**
 * Has streams to accept, and waits for ever then.
 */
public final class ScriptedListener implements TunnelListener {

	private final String protocol;

	private final BlockingQueue<TunnelStream> streams;

	private final CountDownLatch closed = new CountDownLatch(1);

	public ScriptedListener(String protocol, TunnelStream... streams) {
		this.protocol = protocol;
		this.streams = new LinkedBlockingQueue<>(List.of(streams));
	}

	@Override
	public String protocol() {
		return this.protocol;
	}

	@Override
	public boolean isActive() {
		return this.closed.getCount() > 0;
	}

	@Override
	public TunnelStream accept() throws IOException {
		TunnelStream next = this.streams.poll();
		if (next == null) {
			try {
				this.closed.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			throw new SocketException("closed");
		}
		return next;
	}

	@Override
	public void close() {
		this.closed.countDown();
	}

}

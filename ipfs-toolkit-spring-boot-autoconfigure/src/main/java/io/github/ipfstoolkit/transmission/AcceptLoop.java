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

package io.github.ipfstoolkit.transmission;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.ipfstoolkit.p2p.TunnelListener;
import io.github.ipfstoolkit.p2p.TunnelStream;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Accepts the streams of a tunnel's listener, one after another, until it is stopped. It
 * goes on after a failure, such as too many open files, but not where its thread is
 * interrupted, as by an executor that is shut down. To be run once; {@link #stop()} is
 * safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class AcceptLoop implements Runnable {

	private static final Log logger = LogFactory.getLog(AcceptLoop.class);

	/** After a failure: trying again at once would only burn time. */
	private static final Duration PAUSE = Duration.ofMillis(200);

	private final TunnelListener listener;

	private final Consumer<TunnelStream> service;

	private final CountDownLatch stopped = new CountDownLatch(1);

	/**
	 * Creates a loop that has not begun.
	 * @param listener the listener, which is closed when the loop is stopped
	 * @param service gets each stream, on the thread that accepts
	 */
	public AcceptLoop(TunnelListener listener, Consumer<TunnelStream> service) {
		this.listener = listener;
		this.service = service;
	}

	@Override
	public void run() {
		boolean failing = false;
		while (!isStopped()) {
			try {
				this.service.accept(this.listener.accept());
				failing = false;
			}
			catch (IOException ex) {
				if (!goesOn(ex, failing)) {
					return;
				}
				failing = true;
			}
		}
	}

	private boolean goesOn(IOException failure, boolean failing) {
		if (isStopped()) {
			return false;
		}
		if (Thread.currentThread().isInterrupted()) {
			logger.warn("No more streams are accepted for '%s', as the thread for it was interrupted"
				.formatted(this.listener.protocol()), failure);
			return false;
		}
		if (!failing) {
			logger.warn("Could not accept a stream for '%s', will go on trying".formatted(this.listener.protocol()),
					failure);
		}
		try {
			this.stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return true;
	}

	/**
	 * Tells whether it was stopped.
	 * @return whether it was
	 */
	public boolean isStopped() {
		return this.stopped.getCount() == 0;
	}

	/**
	 * Closes the listener, and ends when the stream that was accepted last is served. To
	 * stop it again has no effect.
	 */
	public void stop() {
		this.stopped.countDown();
		this.listener.close();
	}

}

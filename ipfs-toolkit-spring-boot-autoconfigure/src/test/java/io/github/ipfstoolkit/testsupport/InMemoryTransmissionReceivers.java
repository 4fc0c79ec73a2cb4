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

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.transmission.ReceiverOptions;
import io.github.ipfstoolkit.transmission.Transmission;
import io.github.ipfstoolkit.transmission.TransmissionHandler;
import io.github.ipfstoolkit.transmission.TransmissionReceiver;
import io.github.ipfstoolkit.transmission.TransmissionReceivers;

/**
 * {@link TransmissionReceivers} without a node: what {@link #send} is given goes to the
 * receiver's handler, on its executor and within its concurrency.
 */
public final class InMemoryTransmissionReceivers implements TransmissionReceivers {

	public static final PeerId ALICE = PeerId.of("12D3KooWGL1WQ2TXMou8HRB8zv7K274sDfWbF3noAnxWESU6RL2K");

	private final Map<String, Receiver> receivers = new ConcurrentHashMap<>();

	private final List<String> calls = new ArrayList<>();

	private volatile int failures;

	private volatile boolean active = true;

	/**
	 * Lets the next attempts to open a receiver fail.
	 */
	public void failNext(int failures) {
		this.failures = failures;
	}

	public void setActive(boolean active) {
		this.active = active;
	}

	/**
	 * Returns what was called, in order.
	 */
	public List<String> calls() {
		synchronized (this.calls) {
			return List.copyOf(this.calls);
		}
	}

	private void called(String call) {
		synchronized (this.calls) {
			this.calls.add(call);
		}
	}

	public ReceiverOptions options(String listener) {
		return this.receivers.get(listener).options;
	}

	@Override
	public TransmissionReceiver open(String listener, ReceiverOptions options, TransmissionHandler handler) {
		called("open " + listener);
		if (this.failures > 0) {
			this.failures--;
			throw new IpfsException("no node");
		}
		Receiver receiver = new Receiver(listener, options, handler);
		if (this.receivers.putIfAbsent(listener, receiver) != null) {
			throw new IpfsException("in use: " + listener);
		}
		return receiver;
	}

	/**
	 * Sends a message. The future ends as the handler does, and at once if the listener
	 * does not receive.
	 */
	public CompletableFuture<Void> send(String listener, byte[] payload) {
		Receiver receiver = this.receivers.get(listener);
		return (receiver != null) ? receiver.receive(payload)
				: CompletableFuture.failedFuture(new IpfsException("nobody listens: " + listener));
	}

	public CompletableFuture<Void> send(String listener, String payload) {
		return send(listener, payload.getBytes());
	}

	private final class Receiver implements TransmissionReceiver {

		private final String listener;

		private final ReceiverOptions options;

		private final TransmissionHandler handler;

		private final Semaphore permits;

		private final Phaser inFlight = new Phaser(1);

		Receiver(String listener, ReceiverOptions options, TransmissionHandler handler) {
			this.listener = listener;
			this.options = options;
			this.handler = handler;
			this.permits = new Semaphore(options.concurrency());
		}

		CompletableFuture<Void> receive(byte[] payload) {
			CompletableFuture<Void> result = new CompletableFuture<>();
			this.inFlight.register();
			this.options.executor().execute(() -> {
				this.permits.acquireUninterruptibly();
				try {
					this.handler.handle(new InMemoryTransmission(this.listener, payload));
					result.complete(null);
				}
				catch (Throwable ex) {
					result.completeExceptionally(ex);
				}
				finally {
					this.permits.release();
					this.inFlight.arriveAndDeregister();
				}
			});
			return result;
		}

		@Override
		public String listener() {
			return this.listener;
		}

		@Override
		public boolean isActive() {
			return InMemoryTransmissionReceivers.this.active;
		}

		@Override
		public boolean drain(Duration timeout) {
			InMemoryTransmissionReceivers.this.receivers.remove(this.listener);
			called("drain " + this.listener);
			try {
				this.inFlight.awaitAdvanceInterruptibly(this.inFlight.arrive(), timeout.toMillis(),
						TimeUnit.MILLISECONDS);
				return true;
			}
			catch (TimeoutException ex) {
				return false;
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		public void close() {
			called("close " + this.listener);
			InMemoryTransmissionReceivers.this.receivers.remove(this.listener, this);
		}

	}

	private record InMemoryTransmission(String listener, byte[] bytes) implements Transmission {

		@Override
		public PeerId sender() {
			return ALICE;
		}

		@Override
		public long length() {
			return this.bytes.length;
		}

		@Override
		public InputStream content() {
			return new ByteArrayInputStream(this.bytes);
		}

	}

}

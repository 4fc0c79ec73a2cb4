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
package io.github.ipfstoolkit.transmission.buffer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.p2p.TunnelListener;
import io.github.ipfstoolkit.p2p.TunnelStream;
import io.github.ipfstoolkit.transmission.AcceptLoop;
import io.github.ipfstoolkit.transmission.Observers;
import io.github.ipfstoolkit.transmission.Offer;
import io.github.ipfstoolkit.transmission.Seats;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Receives over a tunnel, each stream on a thread of its own.
 */
final class TunnelBufferReceiver implements BufferReceiver {

	private static final Log logger = LogFactory.getLog(TunnelBufferReceiver.class);

	/**
	 * How long the node may take to tell whose stream it is.
	 */
	private static final Duration IDENTIFICATION = Duration.ofSeconds(10);

	/**
	 * Of how many streams it may be unknown whose they are at the same time.
	 */
	static final int MAX_UNIDENTIFIED = 32;

	private final TunnelListener tunnel;

	private final BufferOptions options;

	private final BufferHandler handler;

	private final Consumer<BufferReceiver> onClose;

	private final Observers<BufferObserver> observers;

	/**
	 * All streams that are open.
	 */
	private final Set<TunnelStream> streams = ConcurrentHashMap.newKeySet();

	/**
	 * A permit for each stream of which it may be unknown whose it is. Those that come
	 * meanwhile wait to be accepted, so that one peer's burst neither takes the places of
	 * others nor makes the receiver refuse them: the node tells at once whose a stream
	 * is.
	 */
	private final Semaphore unidentified = new Semaphore(MAX_UNIDENTIFIED);

	/**
	 * A seat for each stream of which is known whose it is.
	 */
	private final Seats seats;

	private final AcceptLoop accepting;

	private final AtomicBoolean full = new AtomicBoolean();

	TunnelBufferReceiver(TunnelListener tunnel, BufferOptions options, BufferHandler handler,
			Consumer<BufferReceiver> onClose, Observers<BufferObserver> observers) {
		this.tunnel = tunnel;
		this.accepting = new AcceptLoop(tunnel, this::serve);
		this.options = options;
		this.handler = handler;
		this.onClose = onClose;
		this.observers = observers;
		this.seats = new Seats(options.maxStreams(), options.peerShare());
	}

	void start() {
		this.options.executor().execute(this.accepting);
	}

	private void serve(TunnelStream stream) {
		this.streams.add(stream);
		this.unidentified.acquireUninterruptibly();
		try {
			this.options.executor().execute(() -> receive(stream));
		}
		catch (RejectedExecutionException | OutOfMemoryError ex) {
			// an error where the system has no further thread
			this.unidentified.release();
			refuse(stream, "there is no thread for it");
		}
		if (this.accepting.isStopped()) {
			end(stream);
		}
	}

	private void refuse(TunnelStream stream, String reason) {
		end(stream);
		// one line for each time that it fills up
		if (this.full.compareAndSet(false, true)) {
			logger.warn("A stream for '%s' was ended at once: %s".formatted(listener(), reason));
		}
	}

	private void end(TunnelStream stream) {
		stream.close();
		this.streams.remove(stream);
		if (this.streams.isEmpty()) {
			this.full.set(false);
		}
	}

	private void receive(TunnelStream stream) {
		try {
			Optional<PeerId> sender = identify(stream);
			if (sender.isPresent()) {
				receive(stream, sender.get());
			}
		}
		catch (EOFException | SocketException | SocketTimeoutException ex) {
			// what a peer can cause at will
			logger.debug("A stream for '%s' ended early".formatted(listener()), ex);
		}
		catch (Throwable ex) {
			if (!this.accepting.isStopped()) {
				logger.error("The buffer listener '%s' has failed, and its stream is ended".formatted(listener()), ex);
			}
		}
		finally {
			end(stream);
		}
	}

	private Optional<PeerId> identify(TunnelStream stream) {
		try {
			stream.setReadTimeout(IDENTIFICATION);
			return Optional.of(stream.peer());
		}
		catch (IOException ex) {
			logger.debug("It was not told whose a stream for '%s' is".formatted(listener()), ex);
			return Optional.empty();
		}
		finally {
			this.unidentified.release();
		}
	}

	private void receive(TunnelStream stream, PeerId sender) throws Exception {
		if (!this.seats.take(sender, Duration.ZERO)) {
			refuse(stream,
					"%d are open, or as many of peer %s as it may have".formatted(this.options.maxStreams(), sender));
			return;
		}
		try {
			if (this.options.acceptance().accepts(Offer.of(sender, listener()))) {
				stream.setReadTimeout(this.options.readTimeout());
				handle(sender, stream.input());
			}
		}
		finally {
			this.seats.free(sender);
		}
	}

	private void handle(PeerId sender, InputStream input) throws Exception {
		long start = System.nanoTime();
		CountedInput counted = new CountedInput(input);
		try {
			this.handler.receive(new ReceivedBuffers(sender, listener(), counted));
		}
		finally {
			Duration duration = Duration.ofNanos(System.nanoTime() - start);
			this.observers.tell((observer) -> observer.received(sender, listener(), counted.count(), duration));
		}
	}

	@Override
	public String listener() {
		return this.tunnel.protocol();
	}

	@Override
	public boolean isActive() {
		return !this.accepting.isStopped() && this.tunnel.isActive();
	}

	@Override
	public void close() {
		this.accepting.stop();
		this.seats.close();
		this.streams.forEach(this::end);
		this.onClose.accept(this);
	}

}

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

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.p2p.TunnelStream;
import org.jspecify.annotations.Nullable;

/**
 * Opens the streams of conversations: one for each as long as there are few with a peer,
 * and beyond that parts of a few that are multiplexed. A node allows a peer some hundred
 * streams, for all that it does.
 */
final class ConversationStreams {

	/**
	 * How many conversations with one peer have a stream of their own.
	 */
	static final int OWN_STREAMS = 64;

	private final SharedForwards forwards;

	private final Executor executor;

	private final Duration idleTimeout;

	private final Map<PeerId, Integer> own = new ConcurrentHashMap<>();

	private final Map<Way, Multiplexed> multiplexed = new ConcurrentHashMap<>();

	/**
	 * Creates an instance.
	 * @param forwards lead to the peers
	 * @param executor runs what reads and writes multiplexed streams
	 * @param idleTimeout how long a multiplexed stream is kept when nothing is open on it
	 */
	ConversationStreams(SharedForwards forwards, Executor executor, Duration idleTimeout) {
		this.forwards = forwards;
		this.executor = executor;
		this.idleTimeout = idleTimeout;
	}

	/**
	 * Opens a stream.
	 * @return the stream, to be closed by the caller
	 */
	TunnelStream open(PeerId peer, String protocol, Duration timeout) throws IOException {
		if (!take(peer)) {
			return openSubstream(new Way(peer, protocol), timeout);
		}
		try {
			return new OwnStream(this.forwards.open(peer, protocol, timeout), peer);
		}
		catch (IOException | RuntimeException | Error ex) {
			free(peer);
			throw ex;
		}
	}

	private TunnelStream openSubstream(Way way, Duration timeout) throws IOException {
		while (true) {
			TunnelStream substream = this.multiplexed.computeIfAbsent(way, Multiplexed::new).open(timeout);
			if (substream != null) {
				return substream;
			}
		}
	}

	private boolean take(PeerId peer) {
		boolean[] taken = new boolean[1];
		this.own.compute(peer, (key, count) -> {
			int before = (count != null) ? count : 0;
			taken[0] = before < OWN_STREAMS;
			return taken[0] ? before + 1 : count;
		});
		return taken[0];
	}

	private void free(PeerId peer) {
		this.own.computeIfPresent(peer, (key, count) -> (count > 1) ? count - 1 : null);
	}

	/**
	 * Opens nothing more on the multiplexed streams that there are; they end with what is
	 * open on them.
	 */
	void closeAll() {
		this.multiplexed.values().forEach(Multiplexed::close);
	}

	private record Way(PeerId peer, String protocol) {
	}

	/**
	 * The multiplexed streams to one listener.
	 */
	private final class Multiplexed {

		private final Way way;

		private final ReentrantLock lock = new ReentrantLock();

		private final Set<MultiplexedStream> streams = new HashSet<>();

		private boolean removed;

		Multiplexed(Way way) {
			this.way = way;
		}

		/**
		 * Opens a substream.
		 * @return {@code null} if this was removed in this very moment
		 */
		@Nullable TunnelStream open(Duration timeout) throws IOException {
			this.lock.lock();
			try {
				if (this.removed) {
					return null;
				}
				for (MultiplexedStream stream : this.streams) {
					TunnelStream substream = stream.open();
					if (substream != null) {
						return substream;
					}
				}
				return create(timeout);
			}
			finally {
				this.lock.unlock();
			}
		}

		private TunnelStream create(Duration timeout) throws IOException {
			TunnelStream stream = ConversationStreams.this.forwards.open(this.way.peer(), this.way.protocol(), timeout);
			try {
				stream.setWriteTimeout(timeout);
				MultiplexedStream created = MultiplexedStream.opened(stream, ConversationStreams.this.executor,
						ConversationStreams.this.idleTimeout, this::ended);
				this.streams.add(created);
				TunnelStream substream = created.open();
				if (substream == null) {
					throw new EOFException("The stream ended as soon as it was open");
				}
				return substream;
			}
			catch (IOException | RuntimeException | Error ex) {
				stream.close();
				throw ex;
			}
		}

		private void ended(MultiplexedStream stream) {
			this.lock.lock();
			try {
				this.streams.remove(stream);
				if (this.streams.isEmpty()) {
					this.removed = true;
					ConversationStreams.this.multiplexed.remove(this.way, this);
				}
			}
			finally {
				this.lock.unlock();
			}
		}

		void close() {
			this.lock.lock();
			try {
				this.streams.forEach(MultiplexedStream::close);
			}
			finally {
				this.lock.unlock();
			}
		}

	}

	/**
	 * A stream of one conversation, which counts as long as it is open.
	 */
	private final class OwnStream implements TunnelStream {

		private final TunnelStream stream;

		private final PeerId peer;

		private final AtomicBoolean counts = new AtomicBoolean(true);

		OwnStream(TunnelStream stream, PeerId peer) {
			this.stream = stream;
			this.peer = peer;
		}

		@Override
		public PeerId peer() throws IOException {
			return this.stream.peer();
		}

		@Override
		public InputStream input() throws IOException {
			return this.stream.input();
		}

		@Override
		public OutputStream output() throws IOException {
			return this.stream.output();
		}

		@Override
		public ReadableByteChannel inputChannel() throws IOException {
			return this.stream.inputChannel();
		}

		@Override
		public WritableByteChannel outputChannel() throws IOException {
			return this.stream.outputChannel();
		}

		@Override
		public void setReadTimeout(Duration timeout) throws IOException {
			this.stream.setReadTimeout(timeout);
		}

		@Override
		public void setWriteTimeout(Duration timeout) {
			this.stream.setWriteTimeout(timeout);
		}

		@Override
		public boolean isQuiet() {
			return this.stream.isQuiet();
		}

		@Override
		public void close() {
			this.stream.close();
			if (this.counts.compareAndSet(true, false)) {
				free(this.peer);
			}
		}

	}

}

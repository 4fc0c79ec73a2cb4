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

package io.github.ipfstoolkit.p2p;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.github.ipfstoolkit.PeerId;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/**
 * All streams of an application that are open, to end those that wait for too long, and
 * to have peers that keep it waiting looked at.
 */
final class OpenStreams {

	/**
	 * How often time-outs are looked at.
	 */
	static final Duration CHECK_INTERVAL = Duration.ofMillis(250);

	private final SilentPeers silentPeers;

	private final Set<SocketTunnelStream> streams = ConcurrentHashMap.newKeySet();

	private final ReentrantLock lock = new ReentrantLock();

	private volatile @Nullable Disposable check;

	OpenStreams(SilentPeers silentPeers) {
		this.silentPeers = silentPeers;
	}

	/**
	 * Makes a stream of a connection with the node, or closes the connection.
	 */
	SocketTunnelStream add(SocketChannel channel, @Nullable PeerId peer) throws IOException {
		try {
			SocketTunnelStream stream = new SocketTunnelStream(channel, peer, this.streams::remove);
			this.streams.add(stream);
			startChecking();
			return stream;
		}
		catch (IOException ex) {
			channel.close();
			throw ex;
		}
	}

	private void startChecking() {
		if (this.check == null) {
			this.lock.lock();
			try {
				if (this.check == null) {
					long millis = CHECK_INTERVAL.toMillis();
					this.check = Schedulers.boundedElastic()
						.schedulePeriodically(this::checkTimeouts, millis, millis, TimeUnit.MILLISECONDS);
				}
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	private void checkTimeouts() {
		long now = System.nanoTime();
		Set<PeerId> silent = new HashSet<>();
		this.streams.forEach((stream) -> {
			stream.checkTimeouts(now);
			stream.silentPeer(now).ifPresent(silent::add);
		});
		this.silentPeers.check(silent);
	}

	/**
	 * Ends all streams.
	 */
	void closeAll() {
		this.lock.lock();
		try {
			if (this.check != null) {
				this.check.dispose();
				this.check = null;
			}
		}
		finally {
			this.lock.unlock();
		}
		this.streams.forEach(SocketTunnelStream::close);
	}

}

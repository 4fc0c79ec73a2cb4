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

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.p2p.TunnelStream;

/**
 * The streams on which no conversation is held yet. When there are too many, the one that
 * has said nothing for the longest time makes room: peers that connect and are silent can
 * not keep others out.
 */
final class WaitingStreams {

	private final int max;

	private final int maxOfPeer;

	private final ReentrantLock lock = new ReentrantLock();

	/**
	 * The oldest first, and whose they are once they have said something.
	 */
	private final Map<TunnelStream, Optional<PeerId>> streams = new LinkedHashMap<>();

	WaitingStreams(int max, double peerShare) {
		this.max = max;
		this.maxOfPeer = Math.max(1, (int) (max * peerShare));
	}

	/**
	 * Counts a stream in.
	 * @return whether there is room for it
	 */
	boolean add(TunnelStream stream) {
		this.lock.lock();
		try {
			if (this.streams.size() >= this.max && !endSilent()) {
				return false;
			}
			this.streams.put(stream, Optional.empty());
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean endSilent() {
		Iterator<Map.Entry<TunnelStream, Optional<PeerId>>> entries = this.streams.entrySet().iterator();
		while (entries.hasNext()) {
			Map.Entry<TunnelStream, Optional<PeerId>> entry = entries.next();
			if (entry.getValue().isEmpty()) {
				entries.remove();
				entry.getKey().close();
				return true;
			}
		}
		return false;
	}

	/**
	 * Notes that a stream's peer has said what it wants.
	 * @return whether there is room for one more of that peer
	 */
	boolean identify(TunnelStream stream, PeerId peer) {
		this.lock.lock();
		try {
			Optional<PeerId> owner = Optional.of(peer);
			return this.streams.values().stream().filter(owner::equals).count() < this.maxOfPeer
					&& this.streams.replace(stream, owner) != null;
		}
		finally {
			this.lock.unlock();
		}
	}

	void remove(TunnelStream stream) {
		this.lock.lock();
		try {
			this.streams.remove(stream);
		}
		finally {
			this.lock.unlock();
		}
	}

	void closeAll() {
		this.lock.lock();
		try {
			this.streams.keySet().forEach(TunnelStream::close);
		}
		finally {
			this.lock.unlock();
		}
	}

}

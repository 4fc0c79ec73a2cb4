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

package io.github.ipfstoolkit.transmission.file;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import io.github.ipfstoolkit.PeerId;

/**
 * Bounds what one listener receives at the same time. Safe for use by several threads.
 */
final class TransferLimits {

	private final FileReceiverOptions options;

	private final FreeSpace space;

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<PeerId, Integer> transfers = new HashMap<>();

	private int total;

	private long awaited;

	TransferLimits(FileReceiverOptions options, FreeSpace space) {
		this.options = options;
		this.space = space;
	}

	/**
	 * Takes a place for a transfer.
	 * @return the place, to be closed
	 * @throws RefusedException if there is none
	 */
	Place enter(PeerId sender) throws RefusedException {
		this.lock.lock();
		try {
			int ofSender = this.transfers.getOrDefault(sender, 0);
			if (ofSender >= this.options.maxTransfersPerPeer()) {
				throw new RefusedException(FileRefusal.PEER_BUSY,
						"it takes %d files of one peer at the same time".formatted(this.options.maxTransfersPerPeer()));
			}
			if (this.total >= this.options.maxTransfers()) {
				throw new RefusedException(FileRefusal.BUSY,
						"it takes %d files at the same time".formatted(this.options.maxTransfers()));
			}
			this.transfers.put(sender, ofSender + 1);
			this.total++;
			return new Place(sender);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void leave(PeerId sender, long awaited) {
		this.lock.lock();
		try {
			this.transfers.computeIfPresent(sender, (peer, count) -> (count > 1) ? count - 1 : null);
			this.total--;
			this.awaited -= awaited;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A place that a transfer holds.
	 */
	final class Place implements AutoCloseable {

		private final PeerId sender;

		private long awaited;

		private Place(PeerId sender) {
			this.sender = sender;
		}

		/**
		 * Sets space aside, so that files which arrive together do not take the space of
		 * each other.
		 * @param bytes how much is still to come
		 * @throws RefusedException if there is not enough
		 */
		void reserve(long bytes) throws RefusedException, IOException {
			TransferLimits limits = TransferLimits.this;
			limits.lock.lock();
			try {
				checkSpace(limits.awaited + bytes);
				limits.awaited += bytes;
				this.awaited += bytes;
			}
			finally {
				limits.lock.unlock();
			}
		}

		/**
		 * Notes that bytes which were reserved have arrived, and so are no longer free.
		 */
		void arrived(long bytes) {
			TransferLimits limits = TransferLimits.this;
			limits.lock.lock();
			try {
				limits.awaited -= bytes;
				this.awaited -= bytes;
			}
			finally {
				limits.lock.unlock();
			}
		}

		/**
		 * Checks that others have left enough space.
		 */
		void checkSpace(long needed) throws RefusedException, IOException {
			FileReceiverOptions options = TransferLimits.this.options;
			long free = TransferLimits.this.space.in(options.directory()) - options.minFreeSpace().toBytes();
			if (needed > free) {
				throw new RefusedException(FileRefusal.NO_SPACE,
						"it has %d bytes free for files".formatted(Math.max(free, 0)));
			}
		}

		@Override
		public void close() {
			leave(this.sender, this.awaited);
		}

	}

}

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

import java.nio.file.Path;
import java.time.Duration;

import io.github.ipfstoolkit.transmission.TransmissionCipher;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * How files are received. Immutable: the methods return changed copies.
 *
 * @param directory where they are put; it is created where it is missing. Files that are
 * not complete are in its sub-directory {@code .parts}
 * @param maxFileSize the largest file that is taken
 * @param minFreeSpace how much of the disk is kept free
 * @param maxTransfers how many files are received at the same time
 * @param maxTransfersPerPeer how many of them one peer may send
 * @param partMaxAge how long what a broken connection has left is kept, so that its
 * sender can go on; zero for not at all
 * @param partsMaxSize how much of that is kept in total
 * @param timeout how long to wait for the sender's next word or block
 * @param progress is told how far each transfer is
 * @param cipher decrypts what arrives, {@code null} for as conversations are configured.
 * The sender needs the other half of it
 * @since 0.1.0
 */
public record FileReceiverOptions(Path directory, DataSize maxFileSize, DataSize minFreeSpace, int maxTransfers,
		int maxTransfersPerPeer, Duration partMaxAge, DataSize partsMaxSize, Duration timeout,
		FileProgressListener progress, @Nullable TransmissionCipher cipher) {

	/**
	 * The largest file, if not said otherwise.
	 */
	public static final DataSize DEFAULT_MAX_FILE_SIZE = DataSize.ofGigabytes(10);

	/**
	 * How much of the disk is kept free, if not said otherwise.
	 */
	public static final DataSize DEFAULT_MIN_FREE_SPACE = DataSize.ofGigabytes(1);

	/**
	 * How many files are received at the same time, if not said otherwise.
	 */
	public static final int DEFAULT_MAX_TRANSFERS = 16;

	/**
	 * How many of them one peer may send, if not said otherwise.
	 */
	public static final int DEFAULT_MAX_TRANSFERS_PER_PEER = 8;

	/**
	 * How long a part is kept, if not said otherwise.
	 */
	public static final Duration DEFAULT_PART_MAX_AGE = Duration.ofDays(1);

	/**
	 * How much of parts is kept in total, if not said otherwise.
	 */
	public static final DataSize DEFAULT_PARTS_MAX_SIZE = DataSize.ofGigabytes(10);

	/**
	 * Creates options.
	 * @throws IllegalArgumentException if one of them is out of its range
	 */
	public FileReceiverOptions {
		Assert.isTrue(!maxFileSize.isNegative(), "'maxFileSize' must not be negative");
		Assert.isTrue(!minFreeSpace.isNegative(), "'minFreeSpace' must not be negative");
		Assert.isTrue(maxTransfers > 0, "'maxTransfers' must be positive");
		Assert.isTrue(maxTransfersPerPeer > 0, "'maxTransfersPerPeer' must be positive");
		Assert.isTrue(!partMaxAge.isNegative(), "'partMaxAge' must not be negative");
		Assert.isTrue(!partsMaxSize.isNegative(), "'partsMaxSize' must not be negative");
		Assert.isTrue(timeout.toMillis() > 0, "'timeout' must be positive");
	}

	/**
	 * Returns the options that fit most applications.
	 * @param directory where files are put
	 * @return files of up to 10 GB, 16 at the same time, 8 of one peer, 1 GB of the disk
	 * kept free, parts of up to 10 GB in total kept for a day, a time-out of 30 seconds
	 */
	public static FileReceiverOptions of(Path directory) {
		return new FileReceiverOptions(directory, DEFAULT_MAX_FILE_SIZE, DEFAULT_MIN_FREE_SPACE, DEFAULT_MAX_TRANSFERS,
				DEFAULT_MAX_TRANSFERS_PER_PEER, DEFAULT_PART_MAX_AGE, DEFAULT_PARTS_MAX_SIZE, Duration.ofSeconds(30),
				FileProgressListener.none(), null);
	}

	/**
	 * Sets where files are put.
	 * @param directory the directory
	 * @return the changed copy
	 */
	public FileReceiverOptions withDirectory(Path directory) {
		return new FileReceiverOptions(directory, this.maxFileSize, this.minFreeSpace, this.maxTransfers,
				this.maxTransfersPerPeer, this.partMaxAge, this.partsMaxSize, this.timeout, this.progress, this.cipher);
	}

	/**
	 * Sets the largest file that is taken.
	 * @param maxFileSize its size
	 * @return the changed copy
	 */
	public FileReceiverOptions withMaxFileSize(DataSize maxFileSize) {
		return new FileReceiverOptions(this.directory, maxFileSize, this.minFreeSpace, this.maxTransfers,
				this.maxTransfersPerPeer, this.partMaxAge, this.partsMaxSize, this.timeout, this.progress, this.cipher);
	}

	/**
	 * Sets how much of the disk is kept free.
	 * @param minFreeSpace the space
	 * @return the changed copy
	 */
	public FileReceiverOptions withMinFreeSpace(DataSize minFreeSpace) {
		return new FileReceiverOptions(this.directory, this.maxFileSize, minFreeSpace, this.maxTransfers,
				this.maxTransfersPerPeer, this.partMaxAge, this.partsMaxSize, this.timeout, this.progress, this.cipher);
	}

	/**
	 * Sets how many files are received at the same time.
	 * @param maxTransfers the number in total
	 * @param maxTransfersPerPeer the number of one peer
	 * @return the changed copy
	 */
	public FileReceiverOptions withMaxTransfers(int maxTransfers, int maxTransfersPerPeer) {
		return new FileReceiverOptions(this.directory, this.maxFileSize, this.minFreeSpace, maxTransfers,
				maxTransfersPerPeer, this.partMaxAge, this.partsMaxSize, this.timeout, this.progress, this.cipher);
	}

	/**
	 * Sets what is kept of broken transfers.
	 * @param maxAge how long, zero for not at all
	 * @param maxSize how much in total
	 * @return the changed copy
	 */
	public FileReceiverOptions withParts(Duration maxAge, DataSize maxSize) {
		return new FileReceiverOptions(this.directory, this.maxFileSize, this.minFreeSpace, this.maxTransfers,
				this.maxTransfersPerPeer, maxAge, maxSize, this.timeout, this.progress, this.cipher);
	}

	/**
	 * Sets how long to wait for the sender's next word or block.
	 * @param timeout the time
	 * @return the changed copy
	 */
	public FileReceiverOptions withTimeout(Duration timeout) {
		return new FileReceiverOptions(this.directory, this.maxFileSize, this.minFreeSpace, this.maxTransfers,
				this.maxTransfersPerPeer, this.partMaxAge, this.partsMaxSize, timeout, this.progress, this.cipher);
	}

	/**
	 * Sets who is told how far each transfer is.
	 * @param progress the listener
	 * @return the changed copy
	 */
	public FileReceiverOptions withProgress(FileProgressListener progress) {
		return new FileReceiverOptions(this.directory, this.maxFileSize, this.minFreeSpace, this.maxTransfers,
				this.maxTransfersPerPeer, this.partMaxAge, this.partsMaxSize, this.timeout, progress, this.cipher);
	}

	/**
	 * Sets what decrypts the transfers.
	 * @param cipher the cipher
	 * @return the changed copy
	 */
	public FileReceiverOptions withCipher(TransmissionCipher cipher) {
		return new FileReceiverOptions(this.directory, this.maxFileSize, this.minFreeSpace, this.maxTransfers,
				this.maxTransfersPerPeer, this.partMaxAge, this.partsMaxSize, this.timeout, this.progress, cipher);
	}

}

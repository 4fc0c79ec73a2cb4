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

package io.github.ipfstoolkit.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;

import io.github.ipfstoolkit.transmission.file.FileReceiverOptions;
import io.github.ipfstoolkit.transmission.file.FileTransferTemplate;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Properties of the files to and from other peers.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("ipfs.transmission.files")
public class IpfsFileProperties {

	/**
	 * Directory in which received files are put. By default "files" in the directory
	 * "ipfs.data-directory".
	 */
	private @Nullable Path directory;

	/**
	 * Size of the largest file that is received.
	 */
	private DataSize maxFileSize = FileReceiverOptions.DEFAULT_MAX_FILE_SIZE;

	/**
	 * How much of the disk is kept free. A file that would take of it is refused.
	 */
	private DataSize minFreeSpace = FileReceiverOptions.DEFAULT_MIN_FREE_SPACE;

	/**
	 * Maximum number of files that a listener receives at the same time.
	 */
	private int maxTransfers = FileReceiverOptions.DEFAULT_MAX_TRANSFERS;

	/**
	 * Maximum number of files of one peer that a listener receives at the same time.
	 */
	private int maxTransfersPerPeer = FileReceiverOptions.DEFAULT_MAX_TRANSFERS_PER_PEER;

	/**
	 * How long what a broken connection has left of a file is kept, so that its sender
	 * can go on. Zero keeps nothing.
	 */
	private Duration partMaxAge = FileReceiverOptions.DEFAULT_PART_MAX_AGE;

	/**
	 * How much of what broken connections have left a listener keeps in total. The oldest
	 * goes first.
	 */
	private DataSize partsMaxSize = FileReceiverOptions.DEFAULT_PARTS_MAX_SIZE;

	/**
	 * How much of a file is sent at a time.
	 */
	private DataSize blockSize = FileTransferTemplate.DEFAULT_BLOCK_SIZE;

	/**
	 * Number of times that sending a file goes on after a broken connection, or is tried
	 * again where the receiver is busy or does not listen, since more of it has arrived.
	 */
	private int retries = FileTransferTemplate.DEFAULT_RETRIES;

	public @Nullable Path getDirectory() {
		return this.directory;
	}

	public void setDirectory(@Nullable Path directory) {
		this.directory = directory;
	}

	public DataSize getMaxFileSize() {
		return this.maxFileSize;
	}

	public void setMaxFileSize(DataSize maxFileSize) {
		this.maxFileSize = maxFileSize;
	}

	public DataSize getMinFreeSpace() {
		return this.minFreeSpace;
	}

	public void setMinFreeSpace(DataSize minFreeSpace) {
		this.minFreeSpace = minFreeSpace;
	}

	public int getMaxTransfers() {
		return this.maxTransfers;
	}

	public void setMaxTransfers(int maxTransfers) {
		this.maxTransfers = maxTransfers;
	}

	public int getMaxTransfersPerPeer() {
		return this.maxTransfersPerPeer;
	}

	public void setMaxTransfersPerPeer(int maxTransfersPerPeer) {
		this.maxTransfersPerPeer = maxTransfersPerPeer;
	}

	public Duration getPartMaxAge() {
		return this.partMaxAge;
	}

	public void setPartMaxAge(Duration partMaxAge) {
		this.partMaxAge = partMaxAge;
	}

	public DataSize getPartsMaxSize() {
		return this.partsMaxSize;
	}

	public void setPartsMaxSize(DataSize partsMaxSize) {
		this.partsMaxSize = partsMaxSize;
	}

	public DataSize getBlockSize() {
		return this.blockSize;
	}

	public void setBlockSize(DataSize blockSize) {
		this.blockSize = blockSize;
	}

	public int getRetries() {
		return this.retries;
	}

	public void setRetries(int retries) {
		this.retries = retries;
	}

}

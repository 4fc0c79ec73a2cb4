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

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.github.ipfstoolkit.transmission.TransmissionCipher;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * How a file is sent. Immutable: the methods return changed copies. What is {@code null}
 * is as the application's properties say.
 *
 * @param name the name that the receiver gets, by default that of the file
 * @param metadata what goes along, of any form, up to 64 KiB
 * @param progress is told how far the transfer is
 * @param blockSize how much of the file is sent at a time, and encrypted as one
 * @param cipher encrypts the blocks, and what is said about the file
 * @param timeout how long to wait for each step, see {@link #withTimeout}
 * @param retries how often to try again since more of the file has arrived, see
 * {@link #withRetries}
 * @param published whether the receiver fetches the content from this node, in place of
 * being sent it
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent")
public record FileOptions(@Nullable String name, byte[] metadata, FileProgressListener progress,
		@Nullable DataSize blockSize, @Nullable TransmissionCipher cipher, @Nullable Duration timeout,
		@Nullable Integer retries, boolean published) {

	/**
	 * The most metadata that goes with a file, in bytes.
	 */
	public static final int MAX_METADATA = 64 * 1024;

	private static final FileOptions DEFAULTS = new FileOptions(null, new byte[0], FileProgressListener.none(), null,
			null, null, null, false);

	/**
	 * Creates options.
	 * @throws IllegalArgumentException if one of them is out of its range
	 */
	public FileOptions {
		Assert.isTrue(metadata.length <= MAX_METADATA, () -> "'metadata' must not exceed 64 KiB");
		Assert.isTrue(blockSize == null || (blockSize.toBytes() > 0 && blockSize.toBytes() <= Integer.MAX_VALUE / 2),
				"'blockSize' must be positive and below 1 GB");
		Assert.isTrue(timeout == null || timeout.toMillis() > 0, "'timeout' must be positive");
		Assert.isTrue(retries == null || retries >= 0, "'retries' must not be negative");
	}

	/**
	 * Returns the options that an application uses if it says nothing else.
	 * @return the options: no metadata, all else as the properties say
	 */
	public static FileOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Returns options to send a file by content: it is published on this node and stays
	 * there, pinned; the receiver is told its CID and fetches it through its own node,
	 * from here or from wherever else it is, with each block verified. Only a receiver
	 * that uses this toolkit can. What is published can be fetched by anybody who knows
	 * the CID: a cipher does not apply to it.
	 * @return the options, else as {@link #defaults()}
	 */
	public static FileOptions byContent() {
		return new FileOptions(null, new byte[0], FileProgressListener.none(), null, null, null, null, true);
	}

	/**
	 * Sets the name that the receiver gets.
	 * @param name the name
	 * @return the changed copy
	 */
	public FileOptions withName(String name) {
		return new FileOptions(name, this.metadata, this.progress, this.blockSize, this.cipher, this.timeout,
				this.retries, this.published);
	}

	/**
	 * Sets what goes along. A Python receiver takes no byte FF in it, which UTF-8 never
	 * has.
	 * @param metadata anything
	 * @return the changed copy
	 */
	public FileOptions withMetadata(byte[] metadata) {
		return new FileOptions(this.name, metadata, this.progress, this.blockSize, this.cipher, this.timeout,
				this.retries, this.published);
	}

	/**
	 * Sets what goes along.
	 * @param metadata a text, sent as UTF-8
	 * @return the changed copy
	 */
	public FileOptions withMetadata(String metadata) {
		return withMetadata(metadata.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Sets who is told how far the transfer is.
	 * @param progress the listener
	 * @return the changed copy
	 */
	public FileOptions withProgress(FileProgressListener progress) {
		return new FileOptions(this.name, this.metadata, progress, this.blockSize, this.cipher, this.timeout,
				this.retries, this.published);
	}

	/**
	 * Sets how much of the file is sent at a time.
	 * @param blockSize the size of a block, 1 MiB by default; between two applications of
	 * this toolkit blocks that are not encrypted have at least 4 MiB, if not less than 1
	 * MiB is asked for
	 * @return the changed copy
	 */
	public FileOptions withBlockSize(DataSize blockSize) {
		return new FileOptions(this.name, this.metadata, this.progress, blockSize, this.cipher, this.timeout,
				this.retries, this.published);
	}

	/**
	 * Sets what encrypts the transfer. The receiver needs the other half of it.
	 * @param cipher the cipher
	 * @return the changed copy
	 */
	public FileOptions withCipher(TransmissionCipher cipher) {
		return new FileOptions(this.name, this.metadata, this.progress, this.blockSize, cipher, this.timeout,
				this.retries, this.published);
	}

	/**
	 * Sets how long to wait for each step: the receiver's answer, the next block to be
	 * taken (by a Python receiver: to be asked for, sent and acknowledged, each of them),
	 * and the receiver's listener to deal with the file. A step that takes longer ends
	 * the transfer with a
	 * {@link io.github.ipfstoolkit.transmission.TransmissionTimeoutException}, and is not
	 * tried again. Connecting to the peer is no such step: it may take
	 * {@code ipfs.p2p.connect-timeout}.
	 * @param timeout the time
	 * @return the changed copy
	 */
	public FileOptions withTimeout(Duration timeout) {
		return new FileOptions(this.name, this.metadata, this.progress, this.blockSize, this.cipher, timeout,
				this.retries, this.published);
	}

	/**
	 * Sets how often to try again after a broken connection, or where the receiver is
	 * busy or does not listen. Each attempt is one start of a conversation, which is not
	 * tried again by itself, whatever {@code ipfs.transmission.retries} says. What the
	 * receiver has got already is not sent again, and each time that more of it has
	 * arrived the count begins anew. A Python receiver is sent the whole file again, and
	 * for it the count never begins anew. The first of them comes after half a second,
	 * each further one after twice the time, up to eight seconds.
	 * @param retries the number of attempts after the first, 0 for one alone
	 * @return the changed copy
	 */
	public FileOptions withRetries(int retries) {
		return new FileOptions(this.name, this.metadata, this.progress, this.blockSize, this.cipher, this.timeout,
				retries, this.published);
	}

}

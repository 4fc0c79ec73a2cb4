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

package io.github.ipfstoolkit.core;

import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * How to write content to disk. Immutable.
 *
 * @param replaceExisting whether a file or directory that is there already is replaced;
 * {@code false} by default
 * @param offline whether only what the node has is used; {@code false} by default
 * @param attributes whether files and directories get the permissions and times of change
 * that are stored with them; {@code false} by default
 * @param maxSize how large all files may be together; without limit by default
 * @param maxEntries how many files, directories and links there may be, the root
 * included; without limit by default
 * @param progress who is told how far the download is; nobody by default
 * @since 0.1.0
 */
public record DownloadOptions(boolean replaceExisting, boolean offline, boolean attributes, DataSize maxSize,
		long maxEntries, ProgressListener progress) {

	private static final DownloadOptions DEFAULTS = new DownloadOptions(false, false, false,
			DataSize.ofBytes(Long.MAX_VALUE), Long.MAX_VALUE, (received, total) -> {
			});

	/**
	 * Creates options.
	 * @throws IllegalArgumentException if a limit is not positive
	 */
	public DownloadOptions {
		Assert.isTrue(maxSize.toBytes() > 0, "'maxSize' must be positive");
		Assert.isTrue(maxEntries > 0, "'maxEntries' must be positive");
	}

	/**
	 * Returns the default options.
	 * @return the options
	 */
	public static DownloadOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Sets whether a file or directory that is there already is replaced.
	 * @param replaceExisting whether to replace it
	 * @return new options
	 */
	public DownloadOptions withReplaceExisting(boolean replaceExisting) {
		return new DownloadOptions(replaceExisting, this.offline, this.attributes, this.maxSize, this.maxEntries,
				this.progress);
	}

	/**
	 * Sets whether only what the node has is used.
	 * @param offline whether the network is left out
	 * @return new options
	 */
	public DownloadOptions withOffline(boolean offline) {
		return new DownloadOptions(this.replaceExisting, offline, this.attributes, this.maxSize, this.maxEntries,
				this.progress);
	}

	/**
	 * Sets whether files and directories get the permissions and times of change that are
	 * stored with them. What is stored without gets {@code 0644} or, as a directory,
	 * {@code 0755}, and the time of the download. Times come in whole seconds; neither
	 * set-user-ID nor the like is set, and directories stay accessible to their owner.
	 * File systems without POSIX permissions take the times alone.
	 * @param attributes whether they get them
	 * @return new options
	 */
	public DownloadOptions withAttributes(boolean attributes) {
		return new DownloadOptions(this.replaceExisting, this.offline, attributes, this.maxSize, this.maxEntries,
				this.progress);
	}

	/**
	 * Sets how large all files may be together, or a CAR archive. To be set for content
	 * of others: a small graph, which refers to the same block time and again, can stand
	 * for files of any size.
	 * @param maxSize the limit, positive. The download fails where it is exceeded
	 * @return new options
	 */
	public DownloadOptions withMaxSize(DataSize maxSize) {
		return new DownloadOptions(this.replaceExisting, this.offline, this.attributes, maxSize, this.maxEntries,
				this.progress);
	}

	/**
	 * Sets how many files, directories and links there may be, the root included.
	 * @param maxEntries the limit, positive. The download fails where it is exceeded
	 * @return new options
	 */
	public DownloadOptions withMaxEntries(long maxEntries) {
		return new DownloadOptions(this.replaceExisting, this.offline, this.attributes, this.maxSize, maxEntries,
				this.progress);
	}

	/**
	 * Sets who is told how far the download is.
	 * @param progress the listener
	 * @return new options
	 */
	public DownloadOptions withProgress(ProgressListener progress) {
		return new DownloadOptions(this.replaceExisting, this.offline, this.attributes, this.maxSize, this.maxEntries,
				progress);
	}

	/**
	 * Is told how far a download is.
	 */
	@FunctionalInterface
	public interface ProgressListener {

		/**
		 * Called on the downloading thread after each piece that was written. What it
		 * throws ends the download.
		 * @param received how many bytes of files, or of a CAR archive, were written
		 * @param total how many there are: exactly for a file, somewhat more for a
		 * directory; -1 if it is not known
		 */
		void onProgress(long received, long total);

	}

}

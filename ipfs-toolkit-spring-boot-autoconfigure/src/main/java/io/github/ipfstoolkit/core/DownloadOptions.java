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

/**
 * How to write content to disk. Immutable.
 *
 * @param replaceExisting whether a file or directory that is there already is replaced;
 * {@code false} by default
 * @param offline whether only what the node has is used; {@code false} by default
 * @param progress who is told how far the download is; nobody by default
 * @since 0.1.0
 */
public record DownloadOptions(boolean replaceExisting, boolean offline, ProgressListener progress) {

	private static final DownloadOptions DEFAULTS = new DownloadOptions(false, false, (received, total) -> {
	});

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
		return new DownloadOptions(replaceExisting, this.offline, this.progress);
	}

	/**
	 * Sets whether only what the node has is used.
	 * @param offline whether the network is left out
	 * @return new options
	 */
	public DownloadOptions withOffline(boolean offline) {
		return new DownloadOptions(this.replaceExisting, offline, this.progress);
	}

	/**
	 * Sets who is told how far the download is.
	 * @param progress the listener
	 * @return new options
	 */
	public DownloadOptions withProgress(ProgressListener progress) {
		return new DownloadOptions(this.replaceExisting, this.offline, progress);
	}

	/**
	 * Is told how far a download is.
	 */
	@FunctionalInterface
	public interface ProgressListener {

		/**
		 * Called on the downloading thread after each piece that was written. What it
		 * throws ends the download.
		 * @param received how many bytes of files were written
		 * @param total how many there are: exactly for a file, somewhat more for a
		 * directory; -1 if it is not known
		 */
		void onProgress(long received, long total);

	}

}

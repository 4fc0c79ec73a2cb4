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

package io.github.ipfstoolkit.rpc;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What of a directory is sent to a node. Immutable. The directory itself is always sent,
 * whatever it is called.
 *
 * @param hidden whether files and directories whose names begin with a dot are sent;
 * {@code true} by default
 * @param followLinks whether in place of a symbolic link that is sent to which it leads;
 * {@code false} by default
 * @param ignoreFile a file with rules about what is left out, if any
 * @param ignored rules about what is left out, after those in the file; none by default
 * @since 0.1.0
 */
public record UploadOptions(boolean hidden, boolean followLinks, @Nullable Path ignoreFile, List<String> ignored) {

	private static final UploadOptions DEFAULTS = new UploadOptions(true, false, null, List.of());

	public UploadOptions {
		ignored = List.copyOf(ignored);
	}

	/**
	 * Returns the default options.
	 * @return the options
	 */
	public static UploadOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Sets whether files and directories whose names begin with a dot are sent.
	 * @param hidden whether to send them
	 * @return new options
	 */
	public UploadOptions withHidden(boolean hidden) {
		return new UploadOptions(hidden, this.followLinks, this.ignoreFile, this.ignored);
	}

	/**
	 * Sets whether in place of a symbolic link that is sent to which it leads, as
	 * {@code ipfs add --dereference-symlinks} does. A link that leads to a directory
	 * which it is in makes the upload fail.
	 * @param followLinks whether to follow links
	 * @return new options
	 */
	public UploadOptions withFollowLinks(boolean followLinks) {
		return new UploadOptions(this.hidden, followLinks, this.ignoreFile, this.ignored);
	}

	/**
	 * Leaves out what rules say, in the language of Git's {@code .gitignore} files: such
	 * as {@code *.tmp}, {@code target/} or {@code /docs/**}. Of several that apply, the
	 * last counts; one that begins with {@code !} lets in again what others leave out. In
	 * contrast to {@code ipfs add --ignore}, which looks at names alone, rules may be
	 * about paths, relative to the directory that is sent.
	 * @param rules the rules, after those that are set already
	 * @return new options
	 */
	public UploadOptions withIgnored(String... rules) {
		List<String> all = new ArrayList<>(this.ignored);
		all.addAll(List.of(rules));
		return new UploadOptions(this.hidden, this.followLinks, this.ignoreFile, all);
	}

	/**
	 * Leaves out what the rules in a file say, as {@link #withIgnored(String...)} does.
	 * @param file the file, in UTF-8, read when the directory is
	 * @return new options
	 */
	public UploadOptions withIgnoreFile(Path file) {
		return new UploadOptions(this.hidden, this.followLinks, file, this.ignored);
	}

}

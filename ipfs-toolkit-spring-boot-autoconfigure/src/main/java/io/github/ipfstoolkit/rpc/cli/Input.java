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

package io.github.ipfstoolkit.rpc.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.rpc.UnsupportedCommandException;
import io.github.ipfstoolkit.rpc.Upload;
import io.github.ipfstoolkit.rpc.Upload.Kind;
import io.github.ipfstoolkit.rpc.Upload.Part;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * What the executable is given: a single file through its standard input, anything else
 * as files below a temporary directory.
 *
 * @param name the name of what comes through standard input
 * @param content what comes through standard input, {@code null} where files are given
 * @param files the files and directories that are given
 * @param names how these are called where they come from, by the names that they have now
 */
record Input(String name, @Nullable Flux<DataBuffer> content, List<String> files, Map<String, String> names) {

	/** What stands for standard input among the arguments. */
	static final String STANDARD_INPUT = "-";

	static final Input NONE = new Input("", null, List.of(), Map.of());

	/**
	 * Prepares an upload. Blocks until files are written, where that is needed.
	 * @param sent is told how many bytes of each file are read
	 * @throws IpfsException if the upload cannot be read or written
	 */
	static Input of(Upload upload, Invocation call, Workspace workspace, Map<String, AtomicLong> sent) {
		// two parts at a time: that there is one alone is seen before it is read
		try (var parts = upload.parts().toStream(2)) {
			Iterator<Part> iterator = parts.iterator();
			if (!iterator.hasNext()) {
				return NONE;
			}
			Part first = iterator.next();
			boolean single = !iterator.hasNext() && first.kind() == Kind.FILE && !first.path().contains("/");
			if (call.isTrue("nocopy", false)) {
				return new Input("", null, List.of(location(first, single, call.command())), Map.of());
			}
			UploadFiles files = new UploadFiles(workspace, call, sent);
			if (single && !files.preserves(first)) {
				return new Input(first.path(), UploadFiles.counted(first, sent), List.of(), Map.of());
			}
			files.write(first);
			while (iterator.hasNext()) {
				files.write(iterator.next());
			}
			return files.complete();
		}
		catch (IOException | UncheckedIOException ex) {
			throw new IpfsException("What is sent cannot be written to a temporary directory: " + ex.getMessage(), ex);
		}
	}

	/**
	 * The node is to read a file where it is, and so is the executable, which calls it by
	 * its own name.
	 */
	private static String location(Part part, boolean single, String command) {
		Path location = part.location();
		if (!single || location == null || !location.endsWith(part.path())) {
			throw new UnsupportedCommandException(command,
					"the executable leaves content where it is only for a single file, under that file's own name",
					"Send the files one by one with their locations, or use the backend 'http' (ipfs.backend=http).", 0,
					null);
		}
		return location.toString();
	}

	/**
	 * Returns how a file or directory is called where it comes from.
	 * @param path the path that the executable tells
	 * @param nameless how what has no name is called
	 */
	String originalName(String path, String nameless) {
		int slash = path.indexOf('/');
		String first = (slash >= 0) ? path.substring(0, slash) : path;
		String name = this.names.getOrDefault(first, first);
		return (name.isEmpty() && !path.isEmpty()) ? nameless : name + path.substring(first.length());
	}

	/**
	 * Returns a call with what the executable is given.
	 */
	Invocation addTo(Invocation call) {
		if (this.content == null) {
			return call.withArguments(this.files);
		}
		Invocation named = (call.command().equals("add") && !this.name.isEmpty()) ? call.with("stdin-name", this.name)
				: call;
		return named.withArguments(List.of(STANDARD_INPUT));
	}

}

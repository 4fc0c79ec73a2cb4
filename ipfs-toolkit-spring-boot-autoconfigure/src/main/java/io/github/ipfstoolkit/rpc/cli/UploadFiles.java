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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.rpc.Upload.Kind;
import io.github.ipfstoolkit.rpc.Upload.Part;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * An upload as files in a temporary directory, from which the executable takes them.
 */
final class UploadFiles {

	private final Workspace workspace;

	private final Path root;

	private final boolean named;

	private final boolean preservesMode;

	private final boolean preservesTime;

	private final Map<String, AtomicLong> sent;

	/** What is at the top, and how it is called where it comes from. */
	private final Map<String, String> names = new LinkedHashMap<>();

	private @Nullable String current;

	private int count;

	/** What comes last is first, so that a directory comes after what is in it. */
	private final Deque<Written> attributes = new ArrayDeque<>();

	/**
	 * Begins an upload.
	 * @param workspace has the directory
	 * @param call whose upload it is
	 * @param sent is told how many bytes of each file are read
	 */
	UploadFiles(Workspace workspace, Invocation call, Map<String, AtomicLong> sent) {
		this.workspace = workspace;
		this.root = workspace.directory().resolve("files");
		this.named = call.isTrue("wrap-with-directory", false) || call.options().containsKey("to-files");
		this.preservesMode = call.isTrue("preserve-mode", false);
		this.preservesTime = call.isTrue("preserve-mtime", false);
		this.sent = sent;
	}

	static Flux<DataBuffer> counted(Part part, Map<String, AtomicLong> sent) {
		AtomicLong count = new AtomicLong();
		sent.put(part.path(), count);
		return part.content().doOnNext((buffer) -> count.addAndGet(buffer.readableByteCount()));
	}

	/**
	 * Returns whether permissions or time of a part are to be stored.
	 */
	boolean preserves(Part part) {
		return (this.preservesMode && part.mode() != null) || (this.preservesTime && part.modified() != null);
	}

	void write(Part part) throws IOException {
		Path path = path(this.named ? part.path() : renamed(part.path()));
		String name = this.root.relativize(path).getName(0).toString();
		this.names.putIfAbsent(name, this.named ? name : first(part.path()));
		Files.createDirectories((part.kind() == Kind.DIRECTORY) ? path : path.getParent());
		if (part.kind() == Kind.SYMBOLIC_LINK) {
			Files.createSymbolicLink(path, Path.of(text(part.content())));
		}
		else if (part.kind() == Kind.FILE) {
			DataBufferUtils
				.write(counted(part, this.sent), path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
				.block();
		}
		if (preserves(part)) {
			this.attributes.push(new Written(path, part));
		}
	}

	/**
	 * Ends the upload.
	 * @return what the executable is to take
	 */
	Input complete() throws IOException {
		for (Written written : this.attributes) {
			Part part = written.part();
			if (this.preservesTime && part.modified() != null) {
				Files.getFileAttributeView(written.path(), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
					.setTimes(FileTime.from(part.modified()), null, null);
			}
			if (this.preservesMode && part.mode() != null && part.kind() != Kind.SYMBOLIC_LINK) {
				if (part.kind() == Kind.DIRECTORY) {
					this.workspace.restricted(written.path());
				}
				Files.setAttribute(written.path(), "unix:mode", part.mode());
			}
		}
		return new Input("", null,
				this.names.keySet().stream().map((name) -> this.root.resolve(name).toString()).toList(), this.names);
	}

	/**
	 * Where names do not count in what is stored, they are made so that the order is
	 * kept, as the executable sorts files by their names.
	 */
	private String renamed(String path) {
		String first = first(path);
		boolean begins = path.equals(first) || !first.equals(this.current);
		if (begins) {
			this.current = first;
			this.count++;
		}
		return "%08d".formatted(this.count) + path.substring(first.length());
	}

	private static String first(String path) {
		int slash = path.indexOf('/');
		return (slash >= 0) ? path.substring(0, slash) : path;
	}

	private Path path(String name) {
		try {
			Path path = this.root.resolve(name).normalize();
			if (path.startsWith(this.root) && !path.equals(this.root)) {
				return path;
			}
			throw new IpfsException(
					"'%s' is no name for a file that is sent; Upload.withName gives it one".formatted(name));
		}
		catch (InvalidPathException ex) {
			throw new IpfsException("'%s' is no name for a file on this machine: %s".formatted(name, ex.getReason()),
					ex);
		}
	}

	private static String text(Flux<DataBuffer> content) {
		DataBuffer joined = DataBufferUtils.join(content).block();
		if (joined == null) {
			return "";
		}
		String text = joined.toString(StandardCharsets.UTF_8);
		DataBufferUtils.release(joined);
		return text;
	}

	/**
	 * A part and where it was written.
	 */
	private record Written(Path path, Part part) {

	}

}

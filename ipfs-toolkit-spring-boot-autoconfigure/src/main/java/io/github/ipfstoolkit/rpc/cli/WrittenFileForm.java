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

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import io.github.ipfstoolkit.rpc.MalformedReplyException;
import io.github.ipfstoolkit.rpc.UnsupportedCommandException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;

/**
 * {@code get}, {@code key/export} and {@code diag/profile}: these write a file. Here it
 * is a link to standard output, so that nothing is stored in between, however much comes.
 * What they say about it goes the same way, and is known to the letter.
 */
final class WrittenFileForm implements Form {

	private static final Path STANDARD_OUTPUT = Path.of("/dev/stdout");

	private static final String OUTPUT = "output";

	private final UnaryOperator<Invocation> change;

	private final String suffix;

	private final boolean announced;

	private final boolean reported;

	private WrittenFileForm(UnaryOperator<Invocation> change, String suffix, boolean announced, boolean reported) {
		this.change = change;
		this.suffix = suffix;
		this.announced = announced;
		this.reported = reported;
	}

	/**
	 * As over HTTP, this is an archive in any case, also of a single file.
	 */
	static WrittenFileForm archive() {
		return new WrittenFileForm((call) -> call.isTrue("compress", false) ? call : call.with("archive", "true"),
				".tar.gz", true, false);
	}

	static WrittenFileForm key() {
		return new WrittenFileForm(UnaryOperator.identity(), ".key", false, false);
	}

	static WrittenFileForm profile() {
		return new WrittenFileForm(UnaryOperator.identity(), ".zip", false, true);
	}

	@Override
	public Invocation prepare(Invocation call, Workspace workspace) {
		if (File.separatorChar != '/' || !Files.exists(STANDARD_OUTPUT)) {
			throw new UnsupportedCommandException(call.command(),
					"the executable writes a file, which is only read while it is written where there is a "
							+ STANDARD_OUTPUT,
					"Use the backend 'http' (ipfs.backend=http).", 0, null);
		}
		Path link = workspace.directory().resolve("output" + this.suffix);
		try {
			Files.createSymbolicLink(link, STANDARD_OUTPUT);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return this.change.apply(call).with(OUTPUT, link.toString());
	}

	@Override
	public MediaType contentType() {
		return MediaType.APPLICATION_OCTET_STREAM;
	}

	@Override
	public Flux<DataBuffer> reply(Printed printed) {
		String file = printed.prepared().options().getFirst(OUTPUT);
		String command = printed.call().command();
		Flux<DataBuffer> content = printed.output();
		if (this.announced) {
			content = withoutPrefix(content, bytes("Saving archive to " + file + "\n"), command);
		}
		if (this.reported) {
			content = withoutSuffix(content, bytes("{\"File\":\"" + file + "\"}\n"), command);
		}
		return content.concatWith(printed.verified());
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static Flux<DataBuffer> withoutPrefix(Flux<DataBuffer> content, byte[] prefix, String command) {
		return Flux.defer(() -> {
			AtomicInteger matched = new AtomicInteger();
			return content.mapNotNull((buffer) -> {
				byte[] head = new byte[Math.min(prefix.length - matched.get(), buffer.readableByteCount())];
				buffer.read(head);
				int from = matched.getAndAdd(head.length);
				if (!Arrays.equals(head, 0, head.length, prefix, from, from + head.length)) {
					throw unknown(command, head);
				}
				return (buffer.readableByteCount() > 0) ? buffer : null;
			});
		});
	}

	private static Flux<DataBuffer> withoutSuffix(Flux<DataBuffer> content, byte[] suffix, String command) {
		return Flux.defer(() -> {
			ByteArrayOutputStream end = new ByteArrayOutputStream();
			return content.<DataBuffer>mapNotNull((buffer) -> {
				byte[] bytes = new byte[buffer.readableByteCount()];
				buffer.read(bytes);
				end.writeBytes(bytes);
				byte[] held = end.toByteArray();
				int given = Math.max(held.length - suffix.length, 0);
				end.reset();
				end.write(held, given, held.length - given);
				return (given > 0) ? DefaultDataBufferFactory.sharedInstance.wrap(Arrays.copyOf(held, given)) : null;
			}).concatWith(Mono.defer(() -> {
				boolean complete = Arrays.equals(end.toByteArray(), suffix);
				return complete ? Mono.empty() : Mono.error(unknown(command, end.toByteArray()));
			}));
		});
	}

	private static MalformedReplyException unknown(String command, byte[] bytes) {
		return new MalformedReplyException(command,
				"the executable printed '%s', which this version of the toolkit does not know"
					.formatted(new String(bytes, StandardCharsets.UTF_8)),
				null);
	}

}

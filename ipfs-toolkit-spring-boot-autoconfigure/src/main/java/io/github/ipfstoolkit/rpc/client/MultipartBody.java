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

package io.github.ipfstoolkit.rpc.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.rpc.Upload;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.web.util.UriUtils;

/**
 * Writes an {@link Upload} in the multipart form that Kubo reads (boxo's
 * {@code files/multipartfile.go}): a part's path is percent-encoded in its file name, as
 * Kubo undoes that as it does for query strings; directories and symbolic links are told
 * by their content type; permissions and times of change stand in the field's name.
 *
 * @param parts what to send, for one subscriber
 * @param only the only part, where its length is known
 * @param boundary what separates the parts
 */
record MultipartBody(Flux<Upload.Part> parts, Upload.@Nullable Part only, String boundary) {

	/**
	 * How long a piece is that small ones are gathered to, in bytes.
	 */
	private static final int GATHERED = 64 * 1024;

	private static final String PART_END = "\r\n";

	/**
	 * Writes an upload, whose parts are looked for only once.
	 * @param writer is given the body as soon as its length is known, or known not to be
	 */
	static <T> Flux<T> write(Upload upload, String boundary, Function<MultipartBody, Publisher<T>> writer) {
		// with the one that comes after it, the first part tells whether it is alone
		return upload.parts().buffer(2, 1).switchOnFirst((first, pairs) -> {
			List<Upload.Part> start = first.get();
			Upload.Part only = (start != null && start.size() == 1 && hasLength(start.get(0))) ? start.get(0) : null;
			return writer.apply(new MultipartBody(pairs.map((pair) -> pair.get(0)), only, boundary));
		});
	}

	/**
	 * A file that tells 0 may be one whose content the system makes when it is read.
	 */
	private static boolean hasLength(Upload.Part part) {
		return part.kind() == Upload.Kind.FILE && part.size() > 0;
	}

	/**
	 * Returns how many bytes the body has, where it is a single file that tells its
	 * length: a node reads that faster than chunks.
	 * @return the length; -1 if it is not known
	 */
	long length() {
		return (this.only != null) ? header(this.only).length() + this.only.size() + PART_END.length() + end().length()
				: -1;
	}

	/**
	 * Returns the body in pieces of some length, so that many small files do not take a
	 * write each. What comes from a source of which nobody knows how long it takes is not
	 * held back.
	 */
	Flux<DataBuffer> toFlux() {
		return pieces().transformDeferred(MultipartBody::gather)
			.doOnDiscard(Piece.class, (piece) -> DataBufferUtils.release(piece.buffer()));
	}

	private Flux<Piece> pieces() {
		return this.parts.concatMap((part) -> {
			// what has to be released does not wait
			boolean waits = part.size() >= 0;
			Flux<DataBuffer> content = (this.only != null) ? complete(part) : part.content();
			return Flux.concat(text(header(part)),
					content.map((buffer) -> new Piece(buffer, waits && buffer instanceof DefaultDataBuffer)),
					text(PART_END));
		}, 1).concatWith(text(end(), false));
	}

	/**
	 * Fails where a part does not have the length that was told.
	 */
	private static Flux<DataBuffer> complete(Upload.Part part) {
		return Flux.defer(() -> {
			AtomicLong missing = new AtomicLong(part.size());
			return part.content().<DataBuffer>handle((buffer, sink) -> {
				if (missing.addAndGet(-buffer.readableByteCount()) >= 0) {
					sink.next(buffer);
				}
				else {
					DataBufferUtils.release(buffer);
					sink.error(changed(part, "more"));
				}
			}).concatWith(Mono.defer(() -> (missing.get() == 0) ? Mono.empty() : Mono.error(changed(part, "fewer"))));
		});
	}

	private static IpfsException changed(Upload.Part part, String difference) {
		return new IpfsException(("'%s' has %s than the %d bytes that it had when sending it began. Send it again, "
				+ "or as a stream (Upload.of(InputStream)), which may have any length")
			.formatted(part.path(), difference, part.size()));
	}

	/**
	 * Gathers up to a piece that does not wait, as the last one does not. What waits is
	 * on the heap and needs no release. Reactor's bufferUntil would do the same, but asks
	 * for too much, and fails then, when it is asked in the moment in which it gets
	 * something.
	 */
	private static Flux<DataBuffer> gather(Flux<Piece> pieces) {
		List<DataBuffer> waiting = new ArrayList<>();
		AtomicInteger gathered = new AtomicInteger();
		return pieces.handle((piece, sink) -> {
			waiting.add(piece.buffer());
			if (!piece.waits() || gathered.addAndGet(piece.buffer().readableByteCount()) >= GATHERED) {
				gathered.set(0);
				sink.next(join(waiting));
				waiting.clear();
			}
		});
	}

	private static DataBuffer join(List<DataBuffer> buffers) {
		return (buffers.size() == 1) ? buffers.get(0) : DefaultDataBufferFactory.sharedInstance.join(buffers);
	}

	private String end() {
		return "--" + this.boundary + "--\r\n";
	}

	private String header(Upload.Part part) {
		return "--" + this.boundary + "\r\n" + "Content-Disposition: form-data; name=\"" + name(part)
				+ "\"; filename=\"" + UriUtils.encode(part.path(), StandardCharsets.UTF_8) + "\"\r\n" + "Content-Type: "
				+ contentType(part.kind()) + "\r\n" + location(part) + "\r\n";
	}

	/**
	 * Returns the name of a part's field, which also holds permissions and time of change
	 * (boxo's {@code files/multifilereader.go}).
	 */
	private static String name(Upload.Part part) {
		StringBuilder name = new StringBuilder("file");
		if (part.mode() != null) {
			name.append("?mode=0").append(Integer.toOctalString(goMode(part.mode())));
		}
		if (part.modified() != null) {
			name.append((part.mode() != null) ? '&' : '?').append("mtime=").append(part.modified().getEpochSecond());
			if (part.modified().getNano() > 0) {
				name.append("&mtime-nsecs=").append(part.modified().getNano());
			}
		}
		return name.toString();
	}

	/**
	 * Go has other bits for set-user-ID, set-group-ID and sticky than Unix (package
	 * {@code io/fs}).
	 */
	private static int goMode(int mode) {
		return (mode & 0777) | (mode & 04000) << 12 | (mode & 02000) << 12 | (mode & 01000) << 11;
	}

	private static String location(Upload.Part part) {
		return (part.location() != null)
				? "abspath-encoded: " + UriUtils.encode(part.location().toString(), StandardCharsets.UTF_8) + "\r\n"
				: "";
	}

	private static String contentType(Upload.Kind kind) {
		return switch (kind) {
			case FILE -> "application/octet-stream";
			case DIRECTORY -> "application/x-directory";
			case SYMBOLIC_LINK -> "application/symlink";
		};
	}

	private static Flux<Piece> text(String text) {
		return text(text, true);
	}

	private static Flux<Piece> text(String text, boolean waits) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return Flux.defer(() -> Flux.just(new Piece(DefaultDataBufferFactory.sharedInstance.wrap(bytes), waits)));
	}

	/**
	 * A piece of the body.
	 *
	 * @param buffer what it holds
	 * @param waits whether it may wait for the next one
	 */
	private record Piece(DataBuffer buffer, boolean waits) {
	}

}

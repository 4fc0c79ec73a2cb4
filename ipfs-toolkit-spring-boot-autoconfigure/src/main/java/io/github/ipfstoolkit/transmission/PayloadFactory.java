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

package io.github.ipfstoolkit.transmission;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.Resource;

/**
 * Makes payloads of what applications send.
 */
final class PayloadFactory {

	private static final Log logger = LogFactory.getLog(PayloadFactory.class);

	/**
	 * How much of a stream of unknown length is held in memory rather than in a file.
	 */
	private static final int MAX_IN_MEMORY = 256 * 1024;

	private final JsonMapper mapper;

	PayloadFactory(JsonMapper mapper) {
		this.mapper = mapper;
	}

	/**
	 * Makes a payload.
	 * @param source a {@code byte[]}, text, resource, stream, or an object for JSON
	 * @throws TransmissionException if it can not be read or written as JSON
	 */
	Payload create(Object source) {
		try {
			if (source instanceof byte[] bytes) {
				return Payload.of(bytes);
			}
			if (source instanceof CharSequence text) {
				return Payload.of(text.toString().getBytes(StandardCharsets.UTF_8));
			}
			if (source instanceof InputStream stream) {
				return spool(stream);
			}
			if (source instanceof Resource resource) {
				return ofResource(resource);
			}
			return Payload.of(this.mapper.writeValueAsBytes(source));
		}
		catch (IOException ex) {
			throw new TransmissionException("The message could not be read: " + ex.getMessage(), ex);
		}
		catch (JacksonException ex) {
			throw new TransmissionException(
					"A %s can not be sent as JSON: %s".formatted(source.getClass().getName(), ex.getOriginalMessage()),
					ex);
		}
	}

	private static Payload ofResource(Resource resource) throws IOException {
		// one that is open can be read only once, some even by asking for their length
		long length = resource.isOpen() ? -1 : resource.contentLength();
		if (length >= 0) {
			return new ResourcePayload(resource, length);
		}
		try (InputStream stream = resource.getInputStream()) {
			return spool(stream);
		}
	}

	/**
	 * Reads a stream to its end, as its length goes first over the wire.
	 */
	private static Payload spool(InputStream stream) throws IOException {
		byte[] start = stream.readNBytes(MAX_IN_MEMORY);
		if (start.length < MAX_IN_MEMORY) {
			return Payload.of(start);
		}
		Path file = Files.createTempFile("ipfs-transmission-", ".tmp");
		try {
			try (OutputStream output = new BufferedOutputStream(Files.newOutputStream(file))) {
				output.write(start);
				stream.transferTo(output);
			}
			return new FilePayload(file, Files.size(file));
		}
		catch (IOException | RuntimeException ex) {
			delete(file);
			throw ex;
		}
	}

	private static void delete(Path file) {
		try {
			Files.deleteIfExists(file);
		}
		catch (IOException ex) {
			logger.warn("Could not delete the temporary file " + file, ex);
		}
	}

	/**
	 * A resource that can be read again.
	 */
	private record ResourcePayload(Resource resource, long length) implements Payload {

		@Override
		public InputStream open() throws IOException {
			return this.resource.getInputStream();
		}

	}

	/**
	 * A temporary file.
	 */
	private record FilePayload(Path file, long length) implements Payload {

		@Override
		public InputStream open() throws IOException {
			return Files.newInputStream(this.file);
		}

		@Override
		public void close() {
			delete(this.file);
		}

	}

}

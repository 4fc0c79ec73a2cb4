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

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.Resource;

/**
 * A file that is to be sent.
 *
 * @param file where it is
 * @param name the name that the receiver gets
 * @param size how many bytes it has
 * @param version tells one state of the file from another
 * @param temporary whether it is deleted at the end
 */
record FileSource(Path file, String name, long size, String version, boolean temporary) implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(FileSource.class);

	static FileSource of(Path file, @Nullable String name) {
		try {
			if (!Files.isRegularFile(file)) {
				throw new FileReadException("%s is no file that can be sent".formatted(file), null);
			}
			String version = file.toRealPath() + "\n" + Files.getLastModifiedTime(file);
			return new FileSource(file, name(name, file.getFileName().toString()), Files.size(file), version, false);
		}
		catch (IOException ex) {
			throw new FileReadException("The file %s can not be read: %s".formatted(file, ex), ex);
		}
	}

	static FileSource of(Resource resource, @Nullable String name) {
		String chosen = name(name, resource.getFilename());
		try {
			if (resource.isFile()) {
				return of(resource.getFile().toPath(), chosen);
			}
			// a transfer may have to begin anew, which not every resource can
			Path file = Files.createTempFile("ipfs-file-", ".tmp");
			try (InputStream input = resource.getInputStream()) {
				long size = Files.copy(input, file, StandardCopyOption.REPLACE_EXISTING);
				return new FileSource(file, chosen, size, UUID.randomUUID().toString(), true);
			}
			catch (IOException | RuntimeException ex) {
				delete(file);
				throw ex;
			}
		}
		catch (IOException ex) {
			throw new FileReadException("%s can not be read: %s".formatted(resource.getDescription(), ex), ex);
		}
	}

	private static String name(@Nullable String chosen, @Nullable String own) {
		String name = (chosen != null) ? chosen : own;
		String last = (name != null) ? name.substring(name.lastIndexOf('/') + 1) : "";
		// a Python receiver would go where the name leads
		return (last.isEmpty() || last.equals(".") || last.equals("..")) ? "file" : last.replace('\0', '_');
	}

	/**
	 * Returns an ID that is the same when the same file is sent to the same listener
	 * again, so that even another run of the application can go on where this one was
	 * broken off.
	 */
	String transferId(String listener) {
		MessageDigest digest = Sha256.create();
		digest.update("%s\n%d\n%s\n%s".formatted(this.version, this.size, this.name, listener)
			.getBytes(StandardCharsets.UTF_8));
		return HexFormat.of().formatHex(digest.digest(), 0, 16);
	}

	SourceInput open() {
		try {
			return new SourceInput(this, FileChannel.open(this.file));
		}
		catch (IOException ex) {
			throw new FileReadException("The file %s can not be read: %s".formatted(this.file, ex), ex);
		}
	}

	@Override
	public void close() {
		if (this.temporary) {
			delete(this.file);
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

}

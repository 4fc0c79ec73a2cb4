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

package io.github.ipfstoolkit.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a process prints: in a file that is begun anew when it has grown too large
 * (with one older file kept), and the last of it in memory for messages.
 */
final class BoundedLog {

	private static final Log logger = LogFactory.getLog(ManagedIpfsNode.class);

	private static final int TAIL_SIZE = 4096;

	private final Path file;

	private final long maxSize;

	private final ReentrantLock lock = new ReentrantLock();

	private byte[] tail = new byte[0];

	BoundedLog(Path file, long maxSize) {
		this.file = file;
		this.maxSize = maxSize;
	}

	/**
	 * Reads until the end. A disk that is full ends the writing, never the reading, as
	 * the process would stand still then.
	 */
	void pump(InputStream in) {
		OutputStream out = null;
		try {
			out = open();
			long size = Files.size(this.file);
			byte[] buffer = new byte[8192];
			int count;
			while ((count = in.read(buffer)) != -1) {
				keep(buffer, count);
				if (out != null) {
					try {
						out.write(buffer, 0, count);
						size += count;
						if (size > this.maxSize) {
							out.close();
							Files.move(this.file, rotated(), StandardCopyOption.REPLACE_EXISTING);
							out = open();
							size = 0;
						}
					}
					catch (IOException ex) {
						logger.warn("The node's log %s is no longer written: %s".formatted(this.file, ex));
						close(out);
						out = null;
					}
				}
			}
		}
		catch (IOException ex) {
			logger.debug("The node's output ended", ex);
			drain(in);
		}
		finally {
			close(out);
		}
	}

	private static void drain(InputStream in) {
		try {
			in.transferTo(OutputStream.nullOutputStream());
		}
		catch (IOException ex) {
			logger.debug("The node's output ended", ex);
		}
	}

	private OutputStream open() throws IOException {
		return Files.newOutputStream(this.file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
	}

	private static void close(@Nullable OutputStream out) {
		try {
			if (out != null) {
				out.close();
			}
		}
		catch (IOException ex) {
			logger.debug("The node's log could not be closed", ex);
		}
	}

	Path rotated() {
		return this.file.resolveSibling(this.file.getFileName() + ".1");
	}

	private void keep(byte[] buffer, int count) {
		this.lock.lock();
		try {
			int kept = Math.min(this.tail.length, Math.max(0, TAIL_SIZE - count));
			int added = Math.min(count, TAIL_SIZE);
			byte[] next = new byte[kept + added];
			System.arraycopy(this.tail, this.tail.length - kept, next, 0, kept);
			System.arraycopy(buffer, count - added, next, kept, added);
			this.tail = next;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns the last lines that were read.
	 */
	String lastLines(int count) {
		this.lock.lock();
		try {
			var lines = new String(this.tail, StandardCharsets.UTF_8).lines()
				.filter((line) -> !line.isBlank())
				.toList();
			return String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - count), lines.size()));
		}
		finally {
			this.lock.unlock();
		}
	}

}

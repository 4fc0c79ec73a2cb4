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
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * What a process writes to standard error, of which only the beginning and the end are
 * kept. Safe for use by several threads.
 */
final class ErrorOutput {

	/** Of the beginning, and again of the end. */
	static final int KEPT = 32 * 1024;

	private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();

	private final byte[] end = new byte[KEPT];

	private long atEnd;

	/**
	 * Reads a stream to its end.
	 * @param progress called for whatever comes
	 */
	void readFrom(InputStream stream, Runnable progress) {
		byte[] buffer = new byte[4096];
		try (stream) {
			for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
				add(buffer, count);
				progress.run();
			}
		}
		catch (IOException ex) {
			byte[] note = "\n(standard error cannot be read: %s)\n".formatted(ex.getMessage())
				.getBytes(StandardCharsets.UTF_8);
			add(note, note.length);
		}
	}

	private synchronized void add(byte[] bytes, int count) {
		int first = Math.min(count, KEPT - this.beginning.size());
		this.beginning.write(bytes, 0, first);
		for (int i = first; i < count; i++) {
			this.end[(int) (this.atEnd++ % KEPT)] = bytes[i];
		}
	}

	/**
	 * Returns what is kept.
	 */
	synchronized String text() {
		int count = (int) Math.min(this.atEnd, KEPT);
		byte[] tail = new byte[count];
		for (int i = 0; i < count; i++) {
			tail[i] = this.end[(int) ((this.atEnd - count + i) % KEPT)];
		}
		ByteArrayOutputStream text = new ByteArrayOutputStream();
		text.writeBytes(this.beginning.toByteArray());
		if (this.atEnd > KEPT) {
			text.writeBytes(
					"\n(%d bytes are left out)\n".formatted(this.atEnd - KEPT).getBytes(StandardCharsets.UTF_8));
		}
		text.writeBytes(tail);
		return text.toString(StandardCharsets.UTF_8);
	}

}

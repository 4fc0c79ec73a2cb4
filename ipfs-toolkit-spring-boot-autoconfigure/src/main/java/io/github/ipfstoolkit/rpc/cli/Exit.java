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

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How the executable ended.
 *
 * @param code the exit code: Kubo knows 0 and 1; others come from the operating system,
 * such as 137 for a process that was killed
 * @param errors what it wrote to standard error, without the middle where that is long
 */
record Exit(int code, String errors) {

	private static final String MARK = "Error: ";

	/** What follows a message where the arguments were wrong. */
	private static final Pattern HELP = Pattern.compile("\\n(Use 'ipfs .* --help' for information|\\nUSAGE\\n)",
			Pattern.DOTALL);

	private static final int MAX_MESSAGE = 1000;

	boolean isFailure() {
		return this.code != 0;
	}

	/**
	 * Returns whether the executable takes the arguments to be wrong: it shows how they
	 * should be.
	 */
	boolean isWrongArguments() {
		return HELP.matcher(rawMessage()).find() || message().startsWith("unknown option ")
				|| message().startsWith("argument \"");
	}

	/**
	 * Returns the message with which the executable ended.
	 */
	String message() {
		String message = HELP.split(rawMessage(), 2)[0].strip();
		if (message.isEmpty()) {
			return "it ended with exit code %d and said nothing".formatted(this.code);
		}
		return (message.length() > MAX_MESSAGE) ? message.substring(0, MAX_MESSAGE) + "…" : message;
	}

	/**
	 * Returns the lines before the message with which the executable ended.
	 */
	List<String> linesBeforeMessage() {
		List<String> lines = new ArrayList<>();
		for (String line : this.errors.split("\n")) {
			if (line.startsWith(MARK)) {
				break;
			}
			lines.add(line);
		}
		return lines;
	}

	/**
	 * A report of progress, which is overwritten in a terminal, may stand before the
	 * message without a line feed in between.
	 */
	private String rawMessage() {
		int mark = this.errors.startsWith(MARK) ? 0 : this.errors.lastIndexOf("\n" + MARK) + 1;
		if (!this.errors.startsWith(MARK, mark)) {
			mark = this.errors.indexOf(MARK, Math.max(this.errors.lastIndexOf('\r'), 0));
		}
		return (mark >= 0) ? this.errors.substring(mark + MARK.length()) : this.errors;
	}

}

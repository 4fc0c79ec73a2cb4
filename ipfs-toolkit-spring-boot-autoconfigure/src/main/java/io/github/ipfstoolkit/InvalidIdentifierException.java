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

package io.github.ipfstoolkit;

import org.jspecify.annotations.Nullable;

/**
 * Thrown for text that is no CID, peer ID or multiaddr. It is raised before anything is
 * sent to a node.
 *
 * @since 0.1.0
 */
public class InvalidIdentifierException extends IpfsException {

	private static final int MAX_QUOTED = 200;

	private final String input;

	/**
	 * Creates an exception.
	 * @param kind what the text should have been, such as "CID"
	 * @param input the text
	 * @param reason what is wrong with it
	 */
	public InvalidIdentifierException(String kind, String input, @Nullable String reason) {
		super("'%s' is not a valid %s: %s".formatted(quotable(input), kind, reason));
		this.input = input;
	}

	/**
	 * Keeps text that others made from forging lines of a log or filling it.
	 */
	private static String quotable(String input) {
		String text = (input.length() > MAX_QUOTED) ? input.substring(0, MAX_QUOTED) + "…" : input;
		return text.replaceAll("\\p{Cntrl}", "\uFFFD");
	}

	/**
	 * Returns the text that was refused.
	 * @return the text
	 */
	public String getInput() {
		return this.input;
	}

}

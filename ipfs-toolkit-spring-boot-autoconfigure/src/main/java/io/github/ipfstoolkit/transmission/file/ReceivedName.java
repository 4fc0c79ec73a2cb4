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

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * The name under which a received file is kept. A peer may have sent anything: what comes
 * out of here is a plain name on every file system, never a path and never special.
 *
 * @param base the name up to its extension, not empty
 * @param extension the extension with its dot, empty where there is none
 */
record ReceivedName(String base, String extension) {

	/**
	 * Longest name in bytes of UTF-8, on nearly all file systems.
	 */
	private static final int MAX_BYTES = 255;

	/**
	 * Longer ones are taken for a part of the name.
	 */
	private static final int MAX_EXTENSION_BYTES = 32;

	private static final String FALLBACK = "file";

	private static final Pattern PATH = Pattern.compile("^.*[/\\\\]", Pattern.DOTALL);

	/**
	 * What Windows forbids, and characters that look like a separator but have no
	 * compatibility mapping to one.
	 */
	private static final String FORBIDDEN = "/\\<>:\"|?*\u2044\u2215\u2216\u2571\u2572\u29F5\u29F8\u29F9"
			+ "\u1735\u2041\u27CB\u27CD";

	/**
	 * Names of devices on Windows, whatever extension follows.
	 */
	private static final Pattern RESERVED = Pattern.compile(
			"(?i)(CON|PRN|AUX|NUL|CLOCK\\$|CONIN\\$|CONOUT\\$|(COM|LPT)[0-9\u00B9\u00B2\u00B3]) *(\\..*)?",
			Pattern.DOTALL);

	/**
	 * Makes a name of what a peer has sent.
	 */
	static ReceivedName of(String sent) {
		String name = trim(replaceForbidden(Normalizer.normalize(lastSegment(sent), Normalizer.Form.NFC)));
		if (RESERVED.matcher(name).matches()) {
			name = "_" + name;
		}
		int dot = extension(name);
		if (dot == name.length()) {
			// what remains may end in what is short enough
			name = trim(shorten(name, MAX_BYTES));
			dot = extension(name);
		}
		String base = trim(name.substring(0, dot));
		return new ReceivedName(base.isEmpty() ? FALLBACK : base, name.substring(dot));
	}

	/**
	 * Returns where the extension begins, the end where there is none.
	 */
	private static int extension(String name) {
		int dot = name.lastIndexOf('.');
		return (dot > 0 && length(name.substring(dot)) <= MAX_EXTENSION_BYTES) ? dot : name.length();
	}

	private static String lastSegment(String sent) {
		return PATH.matcher(sent).replaceFirst("");
	}

	private static String replaceForbidden(String name) {
		StringBuilder result = new StringBuilder(name.length());
		name.codePoints().forEach((character) -> {
			if (isForbidden(character)) {
				result.append('_');
			}
			else if (!isInvisible(character)) {
				result.appendCodePoint(character);
			}
		});
		return result.toString();
	}

	private static boolean isForbidden(int character) {
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
				true;
			// such as the fullwidth slash, or a leader of two dots
			default ->
				isForbiddenText(Normalizer.normalize(Character.toString(character), Normalizer.Form.NFKC), character);
		};
	}

	private static boolean isForbiddenText(String compatible, int character) {
		return compatible.chars().anyMatch((unit) -> FORBIDDEN.indexOf(unit) >= 0)
				|| (character != '.' && compatible.indexOf('.') >= 0);
	}

	/**
	 * Returns whether a character shows nothing, such as one that turns the direction of
	 * the text. Joiners are a part of scripts and of emoji.
	 */
	private static boolean isInvisible(int character) {
		return Character.getType(character) == Character.FORMAT && character != 0x200C && character != 0x200D;
	}

	/**
	 * Takes away what Windows would, and what nobody sees.
	 */
	private static String trim(String name) {
		int start = 0;
		int end = name.length();
		while (start < end && isSpace(name.charAt(start))) {
			start++;
		}
		while (end > start && (name.charAt(end - 1) == '.' || isSpace(name.charAt(end - 1)))) {
			end--;
		}
		return name.substring(start, end);
	}

	private static boolean isSpace(char character) {
		return Character.isSpaceChar(character) || character == 0x200C || character == 0x200D;
	}

	/**
	 * Returns the name for the first, second, … file that wants it.
	 * @param number how many others have it already
	 */
	String text(int number) {
		String end = ((number > 0) ? " (%d)".formatted(number) : "") + this.extension;
		return trim(shorten(this.base, MAX_BYTES - length(end))) + end;
	}

	private static String shorten(String text, int maxBytes) {
		int end = Math.min(text.length(), maxBytes);
		if (end < text.length() && Character.isLowSurrogate(text.charAt(end))) {
			end--;
		}
		while (length(text.substring(0, end)) > maxBytes) {
			end = text.offsetByCodePoints(end, -1);
		}
		return text.substring(0, end);
	}

	private static int length(String text) {
		return text.getBytes(StandardCharsets.UTF_8).length;
	}

	/**
	 * Returns the same name for a file system that knows no other characters.
	 */
	ReceivedName ascii() {
		return of(toString().replaceAll("[^ -~]", "_"));
	}

	@Override
	public String toString() {
		return text(0);
	}

}

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

package io.github.ipfstoolkit.rpc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.jspecify.annotations.Nullable;

/**
 * What of a directory is left out, in the language of Git's {@code .gitignore} files,
 * relative to that directory. Immutable.
 */
final class IgnoreRules {

	private final List<Rule> lastFirst;

	private IgnoreRules(List<Rule> lastFirst) {
		this.lastFirst = lastFirst;
	}

	/**
	 * Reads rules.
	 * @param lines a rule each; blank lines and comments are passed over
	 */
	static IgnoreRules of(List<String> lines) {
		List<Rule> rules = new ArrayList<>();
		for (String line : lines) {
			Rule rule = Rule.of(line);
			if (rule != null) {
				rules.add(rule);
			}
		}
		Collections.reverse(rules);
		return new IgnoreRules(rules);
	}

	/**
	 * Tells whether a file or directory is left out, where what it is in is not.
	 * @param path its path below the directory, with slashes
	 * @param directory whether it is a directory
	 */
	boolean match(String path, boolean directory) {
		for (Rule rule : this.lastFirst) {
			if (rule.matches(path, directory)) {
				return !rule.included();
			}
		}
		return false;
	}

	/**
	 * A line.
	 *
	 * @param pattern what the path has to be, or where it has no slash, the name
	 * @param wholePath whether the pattern is for the whole path
	 * @param directoriesOnly whether the rule is for directories alone
	 * @param included whether what matches is not left out in spite of rules before
	 */
	private record Rule(Pattern pattern, boolean wholePath, boolean directoriesOnly, boolean included) {

		static @Nullable Rule of(String line) {
			String text = withoutTrailingSpaces(line);
			if (text.isEmpty() || text.startsWith("#")) {
				return null;
			}
			boolean included = text.startsWith("!");
			text = included ? text.substring(1) : text;
			boolean directoriesOnly = text.endsWith("/");
			text = directoriesOnly ? text.substring(0, text.length() - 1) : text;
			boolean wholePath = text.contains("/");
			text = text.startsWith("/") ? text.substring(1) : text;
			try {
				return text.isEmpty() ? null
						: new Rule(new Glob(text).toPattern(), wholePath, directoriesOnly, included);
			}
			catch (PatternSyntaxException ex) {
				// as with Git, what is no pattern matches nothing
				return null;
			}
		}

		private static String withoutTrailingSpaces(String line) {
			int end = line.endsWith("\r") ? line.length() - 1 : line.length();
			while (end > 0 && line.charAt(end - 1) == ' ' && !(end > 1 && line.charAt(end - 2) == '\\')) {
				end--;
			}
			return line.substring(0, end);
		}

		boolean matches(String path, boolean directory) {
			if (this.directoriesOnly && !directory) {
				return false;
			}
			String compared = this.wholePath ? path : path.substring(path.lastIndexOf('/') + 1);
			return this.pattern.matcher(compared).matches();
		}

	}

	/**
	 * A shell's pattern, in which two asterisks stand for any directories.
	 */
	private static final class Glob {

		private final String text;

		private final StringBuilder regex = new StringBuilder();

		private int position;

		Glob(String text) {
			this.text = text;
		}

		Pattern toPattern() {
			while (this.position < this.text.length()) {
				char current = this.text.charAt(this.position);
				switch (current) {
					case '*' -> asterisks();
					case '?' -> append("[^/]", 1);
					case '[' -> characterClass();
					case '\\' -> escaped();
					default -> literal(this.position);
				}
			}
			return Pattern.compile(this.regex.toString(), Pattern.DOTALL);
		}

		private void literal(int index) {
			int character = this.text.codePointAt(index);
			append(quote(character), index - this.position + Character.charCount(character));
		}

		private static String quote(int character) {
			return (Character.isLetterOrDigit(character) ? "" : "\\") + Character.toString(character);
		}

		private void append(String regex, int consumed) {
			this.regex.append(regex);
			this.position += consumed;
		}

		private void asterisks() {
			boolean atStart = this.position == 0 || this.text.charAt(this.position - 1) == '/';
			int end = this.position;
			while (end < this.text.length() && this.text.charAt(end) == '*') {
				end++;
			}
			int count = end - this.position;
			if (count == 2 && atStart && end < this.text.length() && this.text.charAt(end) == '/') {
				append("(?:.*/)?", count + 1);
			}
			else if (count == 2 && atStart && end == this.text.length()) {
				append(".+", count);
			}
			else {
				append("[^/]*", count);
			}
		}

		private void escaped() {
			if (this.position + 1 == this.text.length()) {
				throw new PatternSyntaxException("nothing is escaped", this.text, this.position);
			}
			literal(this.position + 1);
		}

		private void characterClass() {
			StringBuilder set = new StringBuilder("(?!/)[");
			int next = this.position + 1;
			if (next < this.text.length() && "!^".indexOf(this.text.charAt(next)) >= 0) {
				set.append('^');
				next++;
			}
			int first = next;
			while (next < this.text.length() && (this.text.charAt(next) != ']' || next == first)) {
				char current = this.text.charAt(next);
				int named = current == '[' ? this.text.indexOf(":]", next) : -1;
				if (named > 0 && this.text.charAt(next + 1) == ':') {
					set.append(namedClass(this.text.substring(next + 2, named)));
					next = named + 2;
				}
				else if (current == '-') {
					set.append((next == first || next + 1 == this.text.length() || this.text.charAt(next + 1) == ']')
							? "\\-" : "-");
					next++;
				}
				else {
					next += (current == '\\') ? 1 : 0;
					if (next < this.text.length()) {
						int character = this.text.codePointAt(next);
						set.append(quote(character));
						next += Character.charCount(character);
					}
				}
			}
			if (next >= this.text.length()) {
				throw new PatternSyntaxException("the set of characters has no end", this.text, this.position);
			}
			append(set.append(']').toString(), next + 1 - this.position);
		}

		private String namedClass(String name) {
			if (!name.matches("[a-z]{5,6}")) {
				throw new PatternSyntaxException("there is no such class of characters", this.text, this.position);
			}
			String property = name.equals("xdigit") ? "XDigit"
					: Character.toUpperCase(name.charAt(0)) + name.substring(1);
			return "\\p{" + property + "}";
		}

	}

}

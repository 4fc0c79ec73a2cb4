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

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.github.ipfstoolkit.rpc.InvalidArgumentException;
import io.github.ipfstoolkit.rpc.RpcError;
import io.github.ipfstoolkit.rpc.client.CallKind;

import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * A command with its arguments and options, as the executable takes them. There is no
 * shell in between, so that no character means anything but itself.
 *
 * @param command the command, such as {@code files/read}
 * @param arguments its arguments
 * @param options its options, by name
 */
record Invocation(String command, List<String> arguments, MultiValueMap<String, String> options) {

	/** Options by which a call would get elsewhere, or get something else. */
	private static final Set<String> RESERVED = Set.of("api", "api-auth", "repo-dir", "config", "config-file", "help",
			"h", "c", "enc", "encoding", "debug", "D");

	private static final int MAX_OPTION_NAME = 100;

	/**
	 * Reads a request.
	 * @throws InvalidArgumentException if it has an option that the client sets itself
	 */
	static Invocation of(URI uri) {
		String command = CallKind.command(uri);
		List<String> arguments = new ArrayList<>();
		MultiValueMap<String, String> options = new LinkedMultiValueMap<>();
		String query = (uri.getRawQuery() != null) ? uri.getRawQuery() : "";
		for (String parameter : query.split("&")) {
			String[] parts = parameter.split("=", 2);
			String name = decode(parts[0]);
			String value = (parts.length == 2) ? decode(parts[1]) : "";
			if (name.equals("arg")) {
				arguments.add(value);
			}
			else if (!name.isEmpty()) {
				options.add(checkName(name, command), value);
			}
		}
		return new Invocation(command, arguments, options);
	}

	private static String decode(String text) {
		return URLDecoder.decode(text, StandardCharsets.UTF_8);
	}

	private static String checkName(String name, String command) {
		boolean wellFormed = name.length() <= MAX_OPTION_NAME
				&& name.chars().allMatch((c) -> c == '-' || (c < 128 && Character.isLetterOrDigit(c)))
				&& !name.startsWith("-");
		if (!wellFormed || RESERVED.contains(name)) {
			throw wrong(command, "the option '%s' %s".formatted(name,
					wellFormed ? "is set by the client itself" : "has no name that an option can have"));
		}
		return name;
	}

	private static InvalidArgumentException wrong(String command, String message) {
		return new InvalidArgumentException(command, 400, new RpcError(message, 1, "error"));
	}

	/**
	 * Returns the option's value, if it has one.
	 */
	boolean isTrue(String option, boolean byDefault) {
		String value = this.options.getFirst(option);
		return (value != null) ? Set.of("", "1", "t", "true").contains(value.toLowerCase(Locale.ROOT)) : byDefault;
	}

	/**
	 * Returns a copy with an option that has this value alone.
	 */
	Invocation with(String option, String value) {
		MultiValueMap<String, String> changed = new LinkedMultiValueMap<>(this.options);
		changed.set(option, value);
		return new Invocation(this.command, this.arguments, changed);
	}

	/**
	 * Returns a copy with more arguments.
	 */
	Invocation withArguments(List<String> more) {
		List<String> all = new ArrayList<>(this.arguments);
		all.addAll(more);
		return new Invocation(this.command, all, this.options);
	}

	/**
	 * Returns a copy with changed arguments.
	 */
	Invocation withEachArgument(UnaryOperator<String> change) {
		return new Invocation(this.command, this.arguments.stream().map(change).toList(), this.options);
	}

	/**
	 * Returns what is executed: all that comes after {@code --} is an argument, whatever
	 * it begins with.
	 * @throws InvalidArgumentException if the operating system cannot take an argument
	 */
	List<String> toCommandLine(Path executable, List<String> globalOptions) {
		List<String> line = new ArrayList<>();
		line.add(executable.toString());
		line.addAll(globalOptions);
		line.addAll(List.of(this.command.split("/")));
		this.options.forEach((name, values) -> values.forEach((value) -> line.add("--" + name + "=" + value)));
		line.add("--enc=json");
		line.add("--");
		line.addAll(this.arguments);
		CharsetEncoder encoder = Charset
			.forName(System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name()))
			.newEncoder();
		for (String word : line) {
			if (word.indexOf(0) >= 0) {
				throw wrong(this.command, "an argument holds the character 0, which no executable can be given");
			}
			if (!encoder.canEncode(word)) {
				throw wrong(this.command,
						"the argument '%s' cannot be given to an executable in the JVM's encoding %s; run the application with LC_ALL=C.UTF-8 or another UTF-8 locale"
							.formatted(word, encoder.charset()));
			}
		}
		return line;
	}

}

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

package io.github.ipfstoolkit.p2p;

import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

import org.springframework.util.Assert;

/**
 * The TCP ports that may be used.
 *
 * @param first the first port, 0 for any that is free
 * @param last the last port, 0 with a first port of 0
 * @since 0.1.0
 */
public record PortRange(int first, int last) {

	/**
	 * Any port that is free.
	 */
	public static final PortRange ANY = new PortRange(0, 0);

	/**
	 * Creates a range.
	 * @throws IllegalArgumentException if it is empty or holds what is no port
	 */
	public PortRange {
		Assert.isTrue(first >= 0 && last <= 65535 && first <= last && (first > 0 || last == 0),
				() -> "%d-%d is no range of ports".formatted(first, last));
	}

	/**
	 * Reads a range, as it stands in properties.
	 * @param text a port ({@code 20001}), two with a hyphen between them
	 * ({@code 20001-20499}), or {@code 0} for any that is free
	 * @return the range
	 * @throws IllegalArgumentException if it is none
	 */
	public static PortRange of(String text) {
		String[] ports = text.strip().split("-", 2);
		try {
			int first = Integer.parseInt(ports[0].strip());
			return new PortRange(first, (ports.length == 1) ? first : Integer.parseInt(ports[1].strip()));
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException(
					"'%s' is no range of ports: write it as 20001-20499, or 0 for any".formatted(text), ex);
		}
	}

	/**
	 * Returns whether any free port will do.
	 */
	boolean isAny() {
		return this.first == 0;
	}

	/**
	 * Returns how many ports it holds.
	 */
	int size() {
		return this.last - this.first + 1;
	}

	/**
	 * Returns all ports once, beginning anywhere, so that several users of a range seldom
	 * try the same at the same time.
	 */
	IntStream shuffled() {
		int count = size();
		int start = ThreadLocalRandom.current().nextInt(count);
		return IntStream.range(0, count).map((index) -> this.first + (start + index) % count);
	}

	@Override
	public String toString() {
		return (this.first == this.last) ? Integer.toString(this.first) : this.first + "-" + this.last;
	}

}

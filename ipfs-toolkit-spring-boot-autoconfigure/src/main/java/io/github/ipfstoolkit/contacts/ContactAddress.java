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

package io.github.ipfstoolkit.contacts;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.github.ipfstoolkit.Multiaddr;
import org.jspecify.annotations.Nullable;

/**
 * An address of a contact. Immutable.
 *
 * @param address the address; those of a {@link Contact} end with its peer ID
 * @param lastConnected when a connection to it was last seen to work, in whole
 * milliseconds; {@code null} if never
 * @since 0.1.0
 */
public record ContactAddress(Multiaddr address, @Nullable Instant lastConnected) {

	/**
	 * The greatest length of an address's text. The addresses in use have up to some 250
	 * characters.
	 */
	public static final int MAX_LENGTH = 1000;

	/**
	 * Creates an address.
	 * @param address the address
	 * @param lastConnected when a connection last worked, {@code null} if never
	 * @throws InvalidContactException if the address is longer than {@link #MAX_LENGTH}
	 */
	public ContactAddress {
		if (address.toString().length() > MAX_LENGTH) {
			throw new InvalidContactException("An address of a contact has at most %d characters: '%s…'"
				.formatted(MAX_LENGTH, address.toString().substring(0, 100)));
		}
		lastConnected = (lastConnected != null) ? lastConnected.truncatedTo(ChronoUnit.MILLIS) : null;
	}

}

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

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/**
 * Makes the {@code Authorization} header of the forms in which Kubo's configuration holds
 * credentials
 * (<a href="https://github.com/ipfs/kubo/blob/master/config/api.go">Kubo</a>).
 */
final class Credentials {

	private static final String BEARER = "bearer:";

	private static final String BASIC = "basic:";

	private Credentials() {
	}

	static @Nullable String toHeader(@Nullable String credentials) {
		if (credentials == null || credentials.isBlank()) {
			return null;
		}
		String text = credentials.strip();
		if (text.startsWith(BEARER)) {
			return "Bearer " + text.substring(BEARER.length());
		}
		if (text.startsWith(BASIC)) {
			String secret = text.substring(BASIC.length());
			return "Basic " + ((secret.indexOf(':') >= 0)
					? Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)) : secret);
		}
		if (text.indexOf(' ') > 0) {
			return text;
		}
		if (text.indexOf(':') >= 0) {
			throw new InvalidCredentialsException(
					"they begin with a type that Kubo does not know; it knows 'bearer:' and 'basic:'");
		}
		return "Bearer " + text;
	}

	static void checkHeader(String value) {
		if (value.isBlank() || !value.chars().allMatch((character) -> character >= ' ' && character < 0x7f)) {
			throw new InvalidCredentialsException("they hold characters that no HTTP header can hold");
		}
	}

}

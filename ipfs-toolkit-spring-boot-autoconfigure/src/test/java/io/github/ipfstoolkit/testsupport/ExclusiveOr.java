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

package io.github.ipfstoolkit.testsupport;

import io.github.ipfstoolkit.transmission.TransmissionCipher;

/**
 * Combines each byte with a key of 90, as the pair of callbacks of a Python peer that is
 * given that key does.
 */
public final class ExclusiveOr implements TransmissionCipher {

	private static final int KEY = 90;

	@Override
	public byte[] encrypt(byte[] plain) {
		byte[] result = plain.clone();
		for (int i = 0; i < result.length; i++) {
			result[i] ^= KEY;
		}
		return result;
	}

	@Override
	public byte[] decrypt(byte[] encrypted) {
		return encrypt(encrypted);
	}

}

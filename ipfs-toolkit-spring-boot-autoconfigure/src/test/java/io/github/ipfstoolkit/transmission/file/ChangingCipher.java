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

import java.util.concurrent.atomic.AtomicInteger;

import io.github.ipfstoolkit.transmission.TransmissionCipher;

/**
 * Changes one byte of one message after it was encrypted, as somebody on the way would.
 */
final class ChangingCipher implements TransmissionCipher {

	private final TransmissionCipher cipher;

	private final int length;

	private final int number;

	private final AtomicInteger count = new AtomicInteger();

	/**
	 * Creates a cipher.
	 * @param length how long a message is that may be changed
	 * @param number which of those is
	 */
	ChangingCipher(TransmissionCipher cipher, int length, int number) {
		this.cipher = cipher;
		this.length = length;
		this.number = number;
	}

	/**
	 * Returns whether the message was encrypted.
	 */
	boolean hasChanged() {
		return this.count.get() >= this.number;
	}

	@Override
	public byte[] encrypt(byte[] plain) {
		byte[] encrypted = this.cipher.encrypt(plain);
		if (plain.length == this.length && this.count.incrementAndGet() == this.number) {
			encrypted[encrypted.length / 2] ^= 1;
		}
		return encrypted;
	}

	@Override
	public byte[] decrypt(byte[] encrypted) {
		return this.cipher.decrypt(encrypted);
	}

}

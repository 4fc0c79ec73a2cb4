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
package io.github.ipfstoolkit.transmission;

import java.util.Arrays;
import java.util.HexFormat;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link AesGcmCipher}.
 */
class AesGcmCipherTests {

	private static final byte[] KEY = HexFormat.of()
		.parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

	private final AesGcmCipher cipher = new AesGcmCipher(KEY);

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 15, 16, 17, 100_000 })
	void decryptsWhatItHasEncrypted(int length) {
		byte[] plain = new byte[length];
		Arrays.fill(plain, (byte) 7);
		byte[] encrypted = this.cipher.encrypt(plain);
		assertThat(encrypted).hasSize(length + 32);
		assertThat(this.cipher.decrypt(encrypted)).isEqualTo(plain);
		assertThat(this.cipher.encrypt(plain)).isNotEqualTo(encrypted);
	}

	@Test
	void formIsTheDocumentedOne() throws Exception {
		byte[] encrypted = this.cipher.encrypt("hello".getBytes());
		Cipher aes = Cipher.getInstance("AES/GCM/NoPadding");
		aes.init(Cipher.DECRYPT_MODE, new SecretKeySpec(KEY, "AES"), new GCMParameterSpec(128, encrypted, 0, 16));
		assertThat(aes.doFinal(encrypted, 16, encrypted.length - 16)).asString().isEqualTo("hello");
	}

	@Test
	void everyChangeIsNoticed() {
		byte[] encrypted = this.cipher.encrypt("hello".getBytes());
		for (int i = 0; i < encrypted.length; i++) {
			byte[] changed = encrypted.clone();
			changed[i] ^= 1;
			assertThatExceptionOfType(DecryptionException.class).isThrownBy(() -> this.cipher.decrypt(changed));
		}
		for (int length = 0; length < encrypted.length; length++) {
			byte[] cut = Arrays.copyOf(encrypted, length);
			assertThatExceptionOfType(DecryptionException.class).isThrownBy(() -> this.cipher.decrypt(cut));
		}
	}

	@Test
	void anotherKeyDecryptsNothing() {
		byte[] encrypted = this.cipher.encrypt("hello".getBytes());
		byte[] otherKey = KEY.clone();
		otherKey[31]++;
		assertThatExceptionOfType(DecryptionException.class)
			.isThrownBy(() -> new AesGcmCipher(otherKey).decrypt(encrypted))
			.withMessageContaining("different keys");
	}

	@Test
	void keyOfAnotherLengthIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new AesGcmCipher(new byte[31]))
			.withMessageContaining("16, 24 or 32");
	}

}

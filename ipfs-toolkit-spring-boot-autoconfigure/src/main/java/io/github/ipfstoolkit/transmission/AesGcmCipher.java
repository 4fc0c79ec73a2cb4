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

import javax.crypto.spec.SecretKeySpec;

import org.springframework.security.crypto.encrypt.AesBytesEncryptor;
import org.springframework.security.crypto.encrypt.AesBytesEncryptor.CipherAlgorithm;
import org.springframework.security.crypto.keygen.KeyGenerators;
import org.springframework.util.Assert;

/**
 * Encrypts with AES-GCM and a key that both ends share. What goes over the wire is 16
 * random bytes, the initialization vector, then the encrypted message with its
 * authentication tag of 16 bytes. Needs {@code spring-security-crypto}. Safe for use by
 * several threads.
 *
 * @since 0.1.0
 */
public final class AesGcmCipher implements TransmissionCipher {

	private static final int IV_LENGTH = 16;

	private final AesBytesEncryptor encryptor;

	/**
	 * Creates a cipher.
	 * @param key the shared key: 16, 24 or 32 random bytes
	 * @throws IllegalArgumentException if the key has another length
	 */
	public AesGcmCipher(byte[] key) {
		Assert.isTrue(key.length == 16 || key.length == 24 || key.length == 32,
				"An AES key has 16, 24 or 32 bytes, this one %d".formatted(key.length));
		this.encryptor = new AesBytesEncryptor(new SecretKeySpec(key, "AES"), KeyGenerators.secureRandom(IV_LENGTH),
				CipherAlgorithm.GCM);
	}

	@Override
	public byte[] encrypt(byte[] plain) {
		return this.encryptor.encrypt(plain);
	}

	@Override
	public byte[] decrypt(byte[] encrypted) {
		try {
			return this.encryptor.decrypt(encrypted);
		}
		catch (RuntimeException ex) {
			throw new DecryptionException("A message can not be decrypted: it was changed on the way, or the two ends "
					+ "have different keys. Compare 'ipfs.transmission.encryption.key' at both", ex);
		}
	}

}

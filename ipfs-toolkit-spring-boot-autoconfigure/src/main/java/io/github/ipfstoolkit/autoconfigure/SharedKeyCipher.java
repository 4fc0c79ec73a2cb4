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
package io.github.ipfstoolkit.autoconfigure;

import java.util.Base64;

import io.github.ipfstoolkit.transmission.AesGcmCipher;
import io.github.ipfstoolkit.transmission.TransmissionCipher;

import org.springframework.util.ClassUtils;

/**
 * Makes a cipher of the key in the properties.
 */
final class SharedKeyCipher {

	private static final String PROPERTY = "ipfs.transmission.encryption.key";

	private static final String LIBRARY = "org.springframework.security.crypto.encrypt.AesBytesEncryptor";

	private SharedKeyCipher() {
	}

	static TransmissionCipher create(String base64Key, ClassLoader classLoader) {
		if (!ClassUtils.isPresent(LIBRARY, classLoader)) {
			throw new EncryptionConfigurationException(
					"'%s' is set, but the library that encrypts is not on the class path".formatted(PROPERTY),
					"Add the dependency org.springframework.security:spring-security-crypto, or take the property away");
		}
		try {
			return new AesGcmCipher(Base64.getDecoder().decode(base64Key.strip()));
		}
		catch (IllegalArgumentException ex) {
			throw new EncryptionConfigurationException(
					"'%s' is no AES key of 16, 24 or 32 bytes in Base64".formatted(PROPERTY),
					"Make one, for instance by 'openssl rand -base64 32', and give it to both ends");
		}
	}

}

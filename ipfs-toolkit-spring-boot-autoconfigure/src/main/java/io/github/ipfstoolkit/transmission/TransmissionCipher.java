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

/**
 * Encrypts what is said in a conversation or sent as a file, and decrypts it at the other
 * end: the pair of callbacks of the Python toolkit. The handshake stays plain. Must be
 * safe for use by several threads.
 *
 * @since 0.1.0
 */
public interface TransmissionCipher {

	/**
	 * Encrypts one message.
	 * @param plain the message as it was said
	 * @return what goes over the wire, of any length
	 */
	byte[] encrypt(byte[] plain);

	/**
	 * Decrypts one message.
	 * @param encrypted what came over the wire
	 * @return the message as it was said
	 * @throws DecryptionException if it was changed on the way, or encrypted with another
	 * key
	 */
	byte[] decrypt(byte[] encrypted);

}

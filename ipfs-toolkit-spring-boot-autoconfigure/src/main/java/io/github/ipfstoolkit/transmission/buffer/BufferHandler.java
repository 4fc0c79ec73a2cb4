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
package io.github.ipfstoolkit.transmission.buffer;

/**
 * Takes the bytes that peers send.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface BufferHandler {

	/**
	 * Reads what one peer sends, until it ends the stream. The stream is closed when this
	 * method returns: what the peer still sends is lost then, and the peer notices. May
	 * be called for several streams at the same time.
	 * @param buffers the stream, valid until this method returns
	 * @throws Exception if the bytes could not be handled; it is logged, unless the
	 * stream has broken
	 */
	void receive(ReceivedBuffers buffers) throws Exception;

}

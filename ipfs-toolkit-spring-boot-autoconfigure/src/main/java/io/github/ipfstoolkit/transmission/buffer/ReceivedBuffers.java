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

import java.io.InputStream;

import io.github.ipfstoolkit.PeerId;

/**
 * The bytes that a peer sends on one stream.
 *
 * @param sender who sends, as the node has authenticated it
 * @param listener the name that it sends to
 * @param input the bytes as they arrive. Its end means that the peer, or one of the
 * nodes, has ended the stream, which may be before all was sent; a read fails with
 * {@link java.net.SocketTimeoutException} where nothing comes for too long
 * @since 0.1.0
 */
public record ReceivedBuffers(PeerId sender, String listener, InputStream input) {
}

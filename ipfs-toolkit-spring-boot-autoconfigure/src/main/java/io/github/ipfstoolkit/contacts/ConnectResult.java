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

import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.PeerId;
import org.jspecify.annotations.Nullable;

/**
 * Whether a peer could be connected to.
 *
 * @param peerId the peer
 * @param connected whether the node is connected to it
 * @param address where the connection leads, {@code null} if there is none or it ended
 * before it was looked at
 * @param failure why there is no connection, in the node's words; {@code null} if there
 * is one
 * @since 0.1.0
 */
public record ConnectResult(PeerId peerId, boolean connected, @Nullable Multiaddr address, @Nullable String failure) {

	static ConnectResult connected(PeerId peerId, @Nullable Multiaddr address) {
		return new ConnectResult(peerId, true, address, null);
	}

	static ConnectResult failed(PeerId peerId, String failure) {
		return new ConnectResult(peerId, false, null, failure);
	}

}

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

import io.github.ipfstoolkit.PeerId;

/**
 * A listener of a peer.
 *
 * @param peer the peer
 * @param listener the listener's name
 */
record Destination(PeerId peer, String listener) {

	/**
	 * Returns the name that the listener's standing channel has, if there is one.
	 */
	String standingChannel() {
		return Protocol.standingChannel(this.listener);
	}

	@Override
	public String toString() {
		return "'%s' of peer %s".formatted(this.listener, this.peer);
	}

}

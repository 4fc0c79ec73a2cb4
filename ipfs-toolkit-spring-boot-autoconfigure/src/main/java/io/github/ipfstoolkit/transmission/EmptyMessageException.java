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
 * Thrown when an empty message is sent to a peer that speaks only the classic protocol,
 * such as the Python IPFS-Toolkit, whose receiver waits forever for one.
 *
 * @since 0.1.0
 */
public class EmptyMessageException extends TransmissionException {

	/**
	 * Creates an exception.
	 * @param peer the receiver
	 * @param listener the receiver's listener
	 */
	public EmptyMessageException(PeerId peer, String listener) {
		super(("Listener '%s' of peer %s speaks the classic protocol, which can not carry an empty message. "
				+ "Send at least one byte")
			.formatted(listener, peer), null);
	}

}

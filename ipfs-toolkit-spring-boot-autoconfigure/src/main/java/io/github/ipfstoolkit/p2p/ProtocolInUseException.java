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

package io.github.ipfstoolkit.p2p;

import io.github.ipfstoolkit.IpfsException;

/**
 * Thrown when a protocol already has a listener on the node, which allows one each.
 *
 * @since 0.1.0
 */
public class ProtocolInUseException extends IpfsException {

	private final String protocol;

	/**
	 * Creates an exception.
	 * @param protocol the protocol's name, without {@code /x/} before it
	 */
	public ProtocolInUseException(String protocol) {
		super(("The node already has a listener for '%s'. Choose another name, or end the application that "
				+ "has it; 'ipfs p2p ls' shows all")
			.formatted(protocol));
		this.protocol = protocol;
	}

	/**
	 * Returns the protocol's name.
	 * @return the name, without {@code /x/} before it
	 */
	public String getProtocol() {
		return this.protocol;
	}

}

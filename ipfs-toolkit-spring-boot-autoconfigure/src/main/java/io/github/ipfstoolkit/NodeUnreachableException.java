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

package io.github.ipfstoolkit;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when no IPFS node answers at the address where one is expected.
 *
 * @since 0.1.0
 */
public class NodeUnreachableException extends IpfsException {

	private final String address;

	/**
	 * Creates an exception.
	 * @param address where the node was expected
	 * @param cause why it could not be reached, {@code null} where nothing is known
	 */
	public NodeUnreachableException(String address, @Nullable Throwable cause) {
		super("No IPFS node answers at %s%s".formatted(address,
				(cause != null && cause.getMessage() != null) ? " (" + cause.getMessage() + ")" : ""), cause);
		this.address = address;
	}

	/**
	 * Returns where the node was expected.
	 * @return a URL or a multiaddr
	 */
	public String getAddress() {
		return this.address;
	}

}

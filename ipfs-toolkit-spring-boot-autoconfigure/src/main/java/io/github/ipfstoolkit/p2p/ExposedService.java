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

import io.github.ipfstoolkit.Multiaddr;

/**
 * A TCP service that peers reach through the node. Safe for use by several threads.
 *
 * @since 0.1.0
 * @see TunnelOperations#expose(String, Multiaddr)
 */
public interface ExposedService extends AutoCloseable {

	/**
	 * Returns the protocol's name.
	 * @return the name, without {@code /x/} before it
	 */
	String protocol();

	/**
	 * Returns where the node reaches the service.
	 * @return the address
	 */
	Multiaddr service();

	/**
	 * Returns whether the node listens now. It does not for a short time after it has
	 * restarted, and while it is down.
	 * @return whether peers can open streams
	 */
	boolean isActive();

	/**
	 * Lets no further peer in. Connections that are open go on.
	 */
	@Override
	void close();

}

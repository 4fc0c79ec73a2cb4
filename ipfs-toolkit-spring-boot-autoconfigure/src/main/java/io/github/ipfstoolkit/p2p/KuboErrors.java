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

/**
 * Tells Kubo's refusals apart. Kubo has no codes for them, so that their text decides.
 */
final class KuboErrors {

	private KuboErrors() {
	}

	/**
	 * Returns whether the node could not listen on a forward's address.
	 */
	static boolean isAddressInUse(Throwable failure) {
		return mentions(failure, "address already in use");
	}

	/**
	 * Returns whether the node has a listener for the protocol.
	 */
	static boolean isProtocolInUse(Throwable failure) {
		return mentions(failure, "listener already registered");
	}

	private static boolean mentions(Throwable failure, String text) {
		return failure.getMessage() != null && failure.getMessage().contains(text);
	}

}

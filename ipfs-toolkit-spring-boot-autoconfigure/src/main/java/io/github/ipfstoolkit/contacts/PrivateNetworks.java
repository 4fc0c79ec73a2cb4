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

import java.net.InetAddress;
import java.net.UnknownHostException;

import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.Multiaddr.Component;

/**
 * Tells addresses that lead to different hosts in different networks.
 */
final class PrivateNetworks {

	private PrivateNetworks() {
	}

	static boolean contain(Multiaddr address) {
		Component first = address.components().get(0);
		return switch (first.protocol()) {
			case "ip4", "ip6" -> isPrivate(String.valueOf(first.value()));
			case "ip6zone" -> true;
			default -> false;
		};
	}

	private static boolean isPrivate(String literal) {
		try {
			InetAddress address = InetAddress.getByName(literal); // no look-up for
																	// literals
			return address.isLoopbackAddress() || address.isSiteLocalAddress() || address.isLinkLocalAddress()
					|| isUniqueLocal(address);
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

	/**
	 * Whether it is in fc00::/7 (RFC 4193), which the JDK does not count as site-local.
	 */
	private static boolean isUniqueLocal(InetAddress address) {
		byte[] bytes = address.getAddress();
		return bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
	}

}

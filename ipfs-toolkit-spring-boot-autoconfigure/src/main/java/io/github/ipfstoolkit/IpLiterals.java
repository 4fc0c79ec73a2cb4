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

import io.netty.util.NetUtil;

/**
 * Tells IP addresses in text form from names, without any look-up.
 */
final class IpLiterals {

	private IpLiterals() {
	}

	static boolean isIpv4(String text) {
		return NetUtil.isValidIpV4Address(text);
	}

	/**
	 * Tells whether text is an IPv6 address, without brackets and zone.
	 */
	static boolean isIpv6(String text) {
		return NetUtil.isValidIpV6Address(text) && text.indexOf('[') < 0 && text.indexOf('%') < 0;
	}

}

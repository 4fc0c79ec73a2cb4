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

package io.github.ipfstoolkit.node;

/**
 * What to do about an external node on which libp2p stream mounting is off (Kubo's
 * default), without which there are no tunnels and so no messages. Managed nodes always
 * have it on.
 *
 * @since 0.1.0
 */
public enum StreamMounting {

	/**
	 * Switch it on ({@code Experimental.Libp2pStreamMounting}), which takes effect at
	 * once and stays; fail if the node refuses.
	 */
	ENABLE,

	/**
	 * Change nothing, and fail where it is off.
	 */
	REQUIRE,

	/**
	 * Do not care: the application neither sends nor receives messages.
	 */
	IGNORE

}

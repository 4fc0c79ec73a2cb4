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
 * With whom a managed node connects.
 *
 * @since 0.1.0
 */
public enum NodeNetwork {

	/**
	 * With peers everywhere, as a node that Kubo sets up by itself.
	 */
	PUBLIC,

	/**
	 * Only with nodes on this machine: it listens on loopback, has no peers to start
	 * from, announces and looks up nothing.
	 */
	LOCAL

}

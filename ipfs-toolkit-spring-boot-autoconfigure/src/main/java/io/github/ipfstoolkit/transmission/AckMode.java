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

/**
 * When a message counts as delivered, so that its sender gets the acknowledgement.
 *
 * @since 0.1.0
 */
public enum AckMode {

	/**
	 * When it has been handled; a sender whose message could not be handled learns so.
	 * Every acknowledged message was handled at least once: one whose acknowledgement is
	 * lost is sent, and handled, again. The default.
	 */
	HANDLED,

	/**
	 * As soon as it has been received as a whole, as the Python toolkit does. It waits in
	 * memory until it is handled, so that a message which was acknowledged is lost when
	 * the application dies, and its sender learns nothing of a failure.
	 */
	RECEIVED

}

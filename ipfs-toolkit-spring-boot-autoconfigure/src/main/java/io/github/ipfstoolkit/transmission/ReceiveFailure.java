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
 * Why a receiver has not accepted something. Few values, so that they can be a metric's
 * tag.
 *
 * @since 0.1.0
 */
public enum ReceiveFailure {

	/** The stream broke, or paused for too long, in the middle of a message. */
	BROKEN,

	/** The peer spoke another protocol, or declared a length that none can have. */
	MALFORMED,

	/** The peer ID in a request is not that of the peer who sent it. */
	IDENTITY,

	/** The acceptance policy said no. */
	FORBIDDEN,

	/** As many streams as allowed were in use. */
	BUSY,

	/** The receiver was about to stop. */
	STOPPING,

	/** The message was longer than the handler takes. */
	TOO_LARGE,

	/** The handler threw an exception. */
	HANDLER

}

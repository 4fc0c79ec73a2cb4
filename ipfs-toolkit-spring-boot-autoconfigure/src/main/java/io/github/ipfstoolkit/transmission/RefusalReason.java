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

import java.util.Locale;

/**
 * Why a receiver refused a message, as far as it told.
 *
 * @since 0.1.0
 */
public enum RefusalReason {

	/** The receiver could not handle the message: its listener failed. */
	FAILED,

	/** The message is longer than the receiver takes. */
	TOO_LARGE,

	/** The receiver has as many streams open as it allows; try later. */
	BUSY,

	/** The receiver is about to stop; try later. */
	STOPPING,

	/** The peer ID in the request is not that of the sending node. */
	IDENTITY,

	/** The receiver does not accept this from this peer. */
	FORBIDDEN,

	/** The request could not be read. */
	MALFORMED,

	/**
	 * The receiver could not decrypt it: it was changed on the way, or the two ends do
	 * not have the same key.
	 */
	UNDECRYPTABLE,

	/** The receiver gave no reason, or one that is not known here. */
	UNKNOWN;

	/**
	 * Returns the reason's name in the protocol.
	 * @return the code
	 */
	public String code() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Returns whether the same may be accepted a little later.
	 * @return whether it is worth another try
	 */
	public boolean isTransient() {
		return this == BUSY || this == STOPPING;
	}

	static RefusalReason ofCode(String code) {
		for (RefusalReason reason : values()) {
			if (reason.code().equals(code)) {
				return reason;
			}
		}
		return UNKNOWN;
	}

}

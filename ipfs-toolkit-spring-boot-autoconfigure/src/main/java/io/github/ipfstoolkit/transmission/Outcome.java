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

import org.jspecify.annotations.Nullable;

/**
 * How a received message ended, for now.
 *
 * @param reply what the sender is told
 * @param failure why it was not accepted, {@code null} if it was
 * @param unread how much of its payload was not read
 * @param stored the message where it is still to be handled
 */
record Outcome(byte[] reply, @Nullable ReceiveFailure failure, long unread, Backlog.@Nullable Stored stored) {

	static Outcome handled(long unread) {
		return new Outcome(Protocol.FINISHED, null, unread, null);
	}

	static Outcome stored(Backlog.Stored message) {
		return new Outcome(Protocol.FINISHED, null, 0, message);
	}

	static Outcome refused(RefusalReason reason, ReceiveFailure failure, long unread) {
		return new Outcome(Protocol.refused(reason, ""), failure, unread, null);
	}

	/**
	 * Returns the same for a payload that is not on the stream any more.
	 */
	Outcome withAllRead() {
		return new Outcome(this.reply, this.failure, 0, this.stored);
	}

	static Outcome stopping(long unread) {
		return refused(RefusalReason.STOPPING, ReceiveFailure.STOPPING, unread);
	}

}

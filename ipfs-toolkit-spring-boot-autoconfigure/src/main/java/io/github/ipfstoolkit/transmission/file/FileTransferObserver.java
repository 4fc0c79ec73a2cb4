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
package io.github.ipfstoolkit.transmission.file;

import java.time.Duration;

/**
 * Is told of each file that is sent or received, for metrics and the like. Called on the
 * threads that transfer, by several at the same time. What it throws is logged and has no
 * other effect.
 *
 * @since 0.1.0
 */
public interface FileTransferObserver {

	/**
	 * A file was sent: the receiver has it.
	 * @param receipt what was sent, and how long it took
	 */
	default void sent(FileReceipt receipt) {
	}

	/**
	 * A file was not sent, after all attempts.
	 * @param listener the receiver's listener
	 * @param failure why; its class is one of a few
	 * @param duration how long it was tried
	 */
	default void sendFailed(String listener, RuntimeException failure, Duration duration) {
	}

	/**
	 * A file was received and handled.
	 * @param file the file, which the handler may have moved or deleted
	 * @param duration how long it took since the conversation in which it was completed
	 * began
	 */
	default void received(ReceivedFile file, Duration duration) {
	}

	/**
	 * A conversation about a file has ended without it. A broken one may go on with
	 * another.
	 * @param listener the listener
	 * @param reason why: the code of a refusal in the protocol, such as {@code too-large}
	 * or {@code failed}, or {@code broken}
	 */
	default void receiveFailed(String listener, String reason) {
	}

}

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

import java.util.Locale;
import java.util.function.Function;

import io.github.ipfstoolkit.transmission.RefusalReason;

/**
 * Why a receiver refuses a file, as it tells the sender.
 */
enum FileRefusal {

	/** The file is larger than the receiver takes. */
	TOO_LARGE(FileTooLargeException::new),

	/** The receiver has not enough free space. */
	NO_SPACE(ReceiverStorageException::new),

	/** The receiver takes as many files as it allows; try later. */
	BUSY(TooManyTransfersException::new),

	/** The receiver takes as many files of this sender as it allows; try later. */
	PEER_BUSY(PeerTransferLimitException::new),

	/** What has arrived differs from what was sent. */
	CORRUPTED(FileCorruptedException::new),

	/** The receiver can not get the content. */
	NO_CONTENT(ContentUnavailableException::new),

	/** The receiver does not accept this from this peer. */
	FORBIDDEN(RefusalReason.FORBIDDEN),

	/** The receiver could not handle the file: its listener failed. */
	FAILED(RefusalReason.FAILED),

	/** The receiver is about to stop; try later. */
	STOPPING(RefusalReason.STOPPING),

	/** The receiver could not read what the sender said. */
	MALFORMED(RefusalReason.MALFORMED),

	/** The receiver gave a reason that is not known here. */
	UNKNOWN(RefusalReason.UNKNOWN);

	private final Function<String, FileRefusedException> exception;

	FileRefusal(Function<String, FileRefusedException> exception) {
		this.exception = exception;
	}

	FileRefusal(RefusalReason reason) {
		this((message) -> new FileRefusedException(message, reason));
	}

	/**
	 * Returns the reason's name in the protocol.
	 */
	String code() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	FileRefusedException toException(String message) {
		return this.exception.apply(message);
	}

	static FileRefusal ofCode(String code) {
		for (FileRefusal refusal : values()) {
			if (refusal.code().equals(code)) {
				return refusal;
			}
		}
		return UNKNOWN;
	}

}

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

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.PeerId;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a file that was sent.
 *
 * @param peer who has received it
 * @param listener the receiver's listener
 * @param name the name that was sent
 * @param size how many bytes the file has
 * @param sha256 the SHA-256 of the file in 64 hexadecimal digits, on which both ends
 * agree; as the receiver has told, for a file that was sent by content; of what was sent,
 * where the receiver speaks the classic protocol alone
 * @param resumedAt how many bytes the last attempt did not send, as the receiver had them
 * from one that broke; 0 for a file that went in one piece
 * @param cid the content's CID, for a file that was sent by content
 * @param duration how long it took
 * @since 0.1.0
 */
public record FileReceipt(PeerId peer, String listener, String name, long size, String sha256, long resumedAt,
		@Nullable Cid cid, Duration duration) {
}

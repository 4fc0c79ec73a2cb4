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

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

import io.github.ipfstoolkit.transmission.conversation.Conversation;
import io.github.ipfstoolkit.transmission.conversation.ConversationLostException;

/**
 * Reads a block as it arrives. That it breaks off is another failure than one of the disk
 * that it is written to.
 */
final class BlockInput implements AutoCloseable {

	private final Conversation conversation;

	private final Pace pace;

	private final ReadableByteChannel input;

	BlockInput(Conversation conversation, Pace pace) {
		this.conversation = conversation;
		this.pace = pace;
		this.input = pace.await(conversation::listenChannel);
	}

	/**
	 * Reads as much as is there.
	 * @return how much, -1 at the block's end
	 */
	int read(ByteBuffer buffer) {
		return this.pace.await((timeout) -> {
			try {
				return this.input.read(buffer);
			}
			catch (IOException ex) {
				throw new ConversationLostException(this.conversation.peer(), ex);
			}
		});
	}

	@Override
	public void close() {
		try {
			this.input.close();
		}
		catch (IOException ex) {
			throw new ConversationLostException(this.conversation.peer(), ex);
		}
	}

}

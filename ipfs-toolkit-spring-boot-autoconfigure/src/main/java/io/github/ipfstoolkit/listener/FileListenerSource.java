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

package io.github.ipfstoolkit.listener;

import java.time.Duration;
import java.util.Map;

import io.github.ipfstoolkit.transmission.AckMode;
import io.github.ipfstoolkit.transmission.ReceiverOptions;
import io.github.ipfstoolkit.transmission.file.FileReceiver;
import io.github.ipfstoolkit.transmission.file.FileReceivers;
import io.github.ipfstoolkit.transmission.file.ReceivedFile;

import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.MessageBuilder;

/**
 * Lets listeners take the files that peers send to their names. As many are handled at
 * the same time as the listener's concurrency allows; more may be received meanwhile, and
 * wait.
 *
 * @since 0.1.0
 */
public class FileListenerSource implements IpfsListenerSource {

	private final FileReceivers receivers;

	private final ReceiverOptions receiverOptions;

	/**
	 * Creates a source.
	 * @param receivers opens the receivers
	 * @param receiverOptions how to receive; concurrency and executor are replaced by
	 * those of the listener
	 */
	public FileListenerSource(FileReceivers receivers, ReceiverOptions receiverOptions) {
		this.receivers = receivers;
		this.receiverOptions = receiverOptions;
	}

	@Override
	public IpfsListenerType type() {
		return IpfsListenerType.FILE;
	}

	@Override
	public Reception open(IpfsListenerEndpoint endpoint, IpfsListenerOptions options, IpfsMessageListener listener) {
		ReceiverOptions merged = this.receiverOptions.with(options.concurrency(),
				options.executorFactory().apply(endpoint.id()), AckMode.HANDLED);
		return new FileReception(
				this.receivers.open(endpoint.name(), merged, options.files().apply(this.receivers.options()),
						(file) -> listener.onMessage(MessageBuilder.createMessage(file, headers(file)))));
	}

	private static MessageHeaders headers(ReceivedFile file) {
		return new MessageHeaders(Map.of(IpfsHeaders.SENDER, file.sender(), IpfsHeaders.LISTENER, file.listener(),
				IpfsHeaders.LENGTH, file.size()));
	}

	private record FileReception(FileReceiver receiver) implements Reception {

		@Override
		public boolean isActive() {
			return this.receiver.isActive();
		}

		@Override
		public boolean drain(Duration timeout) {
			return this.receiver.drain(timeout);
		}

		@Override
		public void close() {
			this.receiver.close();
		}

	}

}

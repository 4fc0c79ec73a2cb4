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

package io.github.ipfstoolkit.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;

import io.github.ipfstoolkit.p2p.TunnelOptions;
import io.github.ipfstoolkit.transmission.AcceptancePolicy;
import io.github.ipfstoolkit.transmission.AckMode;
import io.github.ipfstoolkit.transmission.ReceiverOptions;
import io.github.ipfstoolkit.transmission.SenderOptions;
import io.github.ipfstoolkit.transmission.TransmissionCipher;
import io.github.ipfstoolkit.transmission.buffer.BufferOptions;
import io.github.ipfstoolkit.transmission.conversation.ConversationOptions;
import io.github.ipfstoolkit.transmission.file.FileProgressListener;
import io.github.ipfstoolkit.transmission.file.FileReceiverOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * Makes options of {@link IpfsP2pProperties} and {@link IpfsTransmissionProperties}.
 */
final class IpfsTransmissionPropertiesMapper {

	/**
	 * A block is encrypted, and read by a Python receiver, as a whole.
	 */
	private static final DataSize MAX_BLOCK_SIZE = DataSize.ofMegabytes(64);

	private IpfsTransmissionPropertiesMapper() {
	}

	static TunnelOptions tunnelOptions(IpfsP2pProperties properties) {
		String applicationHost = properties.getApplicationHost();
		return new TunnelOptions(properties.getBindAddress(),
				StringUtils.hasText(applicationHost) ? applicationHost : properties.getBindAddress(),
				properties.getListenerPorts(), properties.getForwardBindAddress(), properties.getForwardPorts(),
				positive("ipfs.p2p.timeout", properties.getTimeout()));
	}

	static Duration connectTimeout(IpfsP2pProperties properties) {
		return positive("ipfs.p2p.connect-timeout", properties.getConnectTimeout());
	}

	static SenderOptions senderOptions(IpfsTransmissionProperties properties) {
		return new SenderOptions(positive("ipfs.transmission.timeout", properties.getTimeout()),
				atLeast(0, "ipfs.transmission.retries", properties.getRetries()),
				atLeast(1, "ipfs.transmission.max-streams", properties.getMaxStreams()),
				positive("ipfs.transmission.idle-timeout", properties.getIdleTimeout()));
	}

	/**
	 * Returns how listeners receive, except for their concurrency, executor and
	 * acknowledgement, which are their own.
	 */
	static ReceiverOptions receiverOptions(IpfsTransmissionProperties properties, AcceptancePolicy acceptance) {
		return new ReceiverOptions(1, atLeast(1, "ipfs.transmission.max-connections", properties.getMaxConnections()),
				properties.getMaxMessageSize(), positive("ipfs.transmission.read-timeout", properties.getReadTimeout()),
				positive("ipfs.transmission.idle-timeout", properties.getIdleTimeout()).multipliedBy(10), Runnable::run,
				acceptance, peerShare(properties), AckMode.HANDLED);
	}

	static ConversationOptions conversationOptions(IpfsTransmissionProperties properties,
			@Nullable TransmissionCipher cipher) {
		IpfsTransmissionProperties.Conversation conversation = properties.getConversation();
		return new ConversationOptions(positive("ipfs.transmission.timeout", properties.getTimeout()),
				atLeast(0, "ipfs.transmission.retries", properties.getRetries()),
				notNegative("ipfs.transmission.conversation.idle-timeout", conversation.getIdleTimeout()),
				notNegative("ipfs.transmission.conversation.max-duration", conversation.getMaxDuration()),
				properties.getMaxMessageSize(), cipher, new byte[0]);
	}

	static BufferOptions bufferOptions(IpfsTransmissionProperties properties, AcceptancePolicy acceptance,
			Executor executor) {
		return new BufferOptions(positive("ipfs.transmission.timeout", properties.getTimeout()),
				notNegative("ipfs.transmission.buffer.linger", properties.getBuffer().getLinger()),
				notNegative("ipfs.transmission.buffer.read-timeout", properties.getBuffer().getReadTimeout()),
				atLeast(1, "ipfs.transmission.max-connections", properties.getMaxConnections()), peerShare(properties),
				acceptance, executor);
	}

	private static double peerShare(IpfsTransmissionProperties properties) {
		double share = properties.getPeerShare();
		if (!(share > 0 && share <= 1)) {
			throw new InvalidConfigurationPropertyValueException("ipfs.transmission.peer-share", share,
					"It must be above 0 and at most 1.");
		}
		return share;
	}

	private static Duration notNegative(String name, Duration value) {
		if (value.isNegative()) {
			throw new InvalidConfigurationPropertyValueException(name, value, "It must not be negative.");
		}
		return value;
	}

	static FileReceiverOptions fileReceiverOptions(IpfsFileProperties properties,
			IpfsTransmissionProperties transmissionProperties, Path directory, FileProgressListener progress) {
		return new FileReceiverOptions(directory,
				notNegative("ipfs.transmission.files.max-file-size", properties.getMaxFileSize()),
				notNegative("ipfs.transmission.files.min-free-space", properties.getMinFreeSpace()),
				atLeast(1, "ipfs.transmission.files.max-transfers", properties.getMaxTransfers()),
				atLeast(1, "ipfs.transmission.files.max-transfers-per-peer", properties.getMaxTransfersPerPeer()),
				notNegative("ipfs.transmission.files.part-max-age", properties.getPartMaxAge()),
				notNegative("ipfs.transmission.files.parts-max-size", properties.getPartsMaxSize()),
				positive("ipfs.transmission.read-timeout", transmissionProperties.getReadTimeout()), progress, null);
	}

	static DataSize blockSize(IpfsFileProperties properties) {
		DataSize size = properties.getBlockSize();
		if (size.toBytes() < 1 || size.compareTo(MAX_BLOCK_SIZE) > 0) {
			throw new InvalidConfigurationPropertyValueException("ipfs.transmission.files.block-size", size,
					"It must be positive and at most %d MB.".formatted(MAX_BLOCK_SIZE.toMegabytes()));
		}
		return size;
	}

	static int retries(IpfsFileProperties properties) {
		return atLeast(0, "ipfs.transmission.files.retries", properties.getRetries());
	}

	private static DataSize notNegative(String name, DataSize value) {
		if (value.isNegative()) {
			throw new InvalidConfigurationPropertyValueException(name, value, "It must not be negative.");
		}
		return value;
	}

	private static Duration positive(String name, Duration value) {
		if (value.toMillis() < 1) {
			throw new InvalidConfigurationPropertyValueException(name, value, "It must be at least one millisecond.");
		}
		return value;
	}

	private static int atLeast(int min, String name, int value) {
		if (value < min) {
			throw new InvalidConfigurationPropertyValueException(name, value, "It must be at least %d.".formatted(min));
		}
		return value;
	}

}

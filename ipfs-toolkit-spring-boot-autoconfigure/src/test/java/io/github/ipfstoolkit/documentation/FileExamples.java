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

package io.github.ipfstoolkit.documentation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleConsumer;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.annotation.IpfsConversationListener;
import io.github.ipfstoolkit.annotation.IpfsFileListener;
import io.github.ipfstoolkit.transmission.TransmissionCipher;
import io.github.ipfstoolkit.transmission.conversation.Conversation;
import io.github.ipfstoolkit.transmission.file.FileOptions;
import io.github.ipfstoolkit.transmission.file.FileProgress;
import io.github.ipfstoolkit.transmission.file.FileProgressListener;
import io.github.ipfstoolkit.transmission.file.FileReceipt;
import io.github.ipfstoolkit.transmission.file.FileReceiver;
import io.github.ipfstoolkit.transmission.file.FileReceivers;
import io.github.ipfstoolkit.transmission.file.FileTransferOperations;
import io.github.ipfstoolkit.transmission.file.ReceivedFile;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Examples of files.
 */
final class FileExamples {

	private FileExamples() {
	}

	// tag::send-file[]
	@Component
	class Courier {

		private final FileTransferOperations files;

		Courier(FileTransferOperations files) {
			this.files = files;
		}

		String deliver(String contact, Path file, DoubleConsumer progress) {
			FileReceipt receipt = this.files.sendFile(contact, "files", file,
					FileOptions.defaults()
						.withMetadata("for the archive")
						.withProgress((state) -> progress.accept(state.fraction())));
			return "%s has %d bytes with the SHA-256 %s".formatted(contact, receipt.size(), receipt.sha256());
		}

	}
	// end::send-file[]

	// tag::file-options[]
	@Component
	class PatientCourier {

		private final FileTransferOperations files;

		PatientCourier(FileTransferOperations files) {
			this.files = files;
		}

		void deliver(String contact, Path file, TransmissionCipher cipher) {
			this.files.sendFile(contact, "files", file,
					FileOptions.defaults()
						.withTimeout(Duration.ofMinutes(2))
						.withRetries(20)
						.withBlockSize(DataSize.ofKilobytes(256))
						.withCipher(cipher));
		}

	}
	// end::file-options[]

	// tag::file-progress[]
	@Component
	class Arrivals implements FileProgressListener {

		private final Map<String, Double> fractions = new ConcurrentHashMap<>();

		@Override
		public void onProgress(FileProgress progress) {
			this.fractions.put("%s of %s".formatted(progress.name(), progress.peer()), progress.fraction());
		}

	}
	// end::file-progress[]

	// tag::file-listener-progress[]
	@Configuration(proxyBeanMethods = false)
	class Videos {

		private static final Log logger = LogFactory.getLog(Videos.class);

		@IpfsFileListener(value = "videos", directory = "/srv/videos", progress = "videoProgress")
		void onVideo(ReceivedFile video) {
			logger.info("%s is complete".formatted(video.path()));
		}

		@Bean(defaultCandidate = false)
		FileProgressListener videoProgress() {
			return (progress) -> logger.debug("%s: %.0f %%".formatted(progress.name(), 100 * progress.fraction()));
		}

	}
	// end::file-listener-progress[]

	// tag::file-listener[]
	@Component
	class Archive {

		private static final Log logger = LogFactory.getLog(Archive.class);

		@IpfsFileListener("files")
		void onFile(ReceivedFile file) {
			logger.info("%s has sent %s, %d bytes, which are now %s".formatted(file.sender(), file.name(), file.size(),
					file.path()));
		}

	}
	// end::file-listener[]

	// tag::send-by-content[]
	@Component
	class Publisher {

		private final FileTransferOperations files;

		Publisher(FileTransferOperations files) {
			this.files = files;
		}

		@Nullable Cid deliver(String contact, Path file) {
			return this.files.sendFile(contact, "files", file, FileOptions.byContent()).cid();
		}

	}
	// end::send-by-content[]

	// tag::conversation-files[]
	@Component
	class Photographer {

		private final FileTransferOperations files;

		private final FileReceivers receivers;

		Photographer(FileTransferOperations files, FileReceivers receivers) {
			this.files = files;
			this.receivers = receivers;
		}

		@IpfsConversationListener("photos")
		void on(Conversation conversation) {
			try (FileReceiver receiver = this.receivers.open(conversation, this.receivers.options(),
					(file) -> Files.delete(file.path()))) {
				conversation.say("send me some");
				String wish = conversation.listenText(Duration.ofMinutes(1));
				this.files.sendFile(conversation, Path.of("photos", wish.equals("cat") ? "cat.jpg" : "dog.jpg"),
						FileOptions.defaults());
			}
		}

	}
	// end::conversation-files[]

}

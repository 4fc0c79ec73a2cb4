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

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import io.github.ipfstoolkit.annotation.IpfsListener;
import io.github.ipfstoolkit.transmission.AcceptancePolicy;
import io.github.ipfstoolkit.transmission.TransmissionCipher;
import io.github.ipfstoolkit.transmission.buffer.BufferOperations;
import io.github.ipfstoolkit.transmission.buffer.BufferReceiver;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/**
 * Examples of what a receiver decides, of encryption, and of raw buffers.
 */
final class ReceivingExamples {

	private ReceivingExamples() {
	}

	// tag::acceptance-policy[]
	@Configuration(proxyBeanMethods = false)
	class Admission {

		@Bean
		AcceptancePolicy acceptancePolicy(Members members) {
			return (offer) -> members.contains(offer.sender()) && offer.size().orElse(0) <= 1_000_000;
		}

	}
	// end::acceptance-policy[]

	// tag::ack-mode[]
	@Component
	class Measurements {

		@IpfsListener(value = "measurements", ackMode = "received")
		void add(double value) {
			// the sender does not wait for this
		}

	}
	// end::ack-mode[]

	// tag::cipher[]
	@Configuration(proxyBeanMethods = false)
	class Encryption {

		@Bean
		TransmissionCipher transmissionCipher(KeyStore keys) {
			return new TransmissionCipher() {

				@Override
				public byte[] encrypt(byte[] plain) {
					return keys.encrypt(plain);
				}

				@Override
				public byte[] decrypt(byte[] encrypted) {
					return keys.decrypt(encrypted);
				}

			};
		}

	}
	// end::cipher[]

	// tag::buffers[]
	@Component
	class Recorder {

		private final BufferOperations buffers;

		Recorder(BufferOperations buffers) {
			this.buffers = buffers;
		}

		void send(String contact, InputStream recording) throws IOException {
			try (OutputStream output = this.buffers.open(contact, "recordings")) {
				recording.transferTo(output);
			}
		}

		BufferReceiver receive(Path file) {
			return this.buffers.listen("recordings",
					(received) -> Files.copy(received.input(), file, StandardCopyOption.REPLACE_EXISTING));
		}

	}
	// end::buffers[]

	interface Members {

		boolean contains(Object peer);

	}

	interface KeyStore {

		byte[] encrypt(byte[] plain);

		byte[] decrypt(byte[] encrypted);

	}

}

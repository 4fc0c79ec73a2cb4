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

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.testsupport.ScriptedStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Any bytes of a peer are understood, or refused with one of the few exceptions that are
 * for that. In an ordinary run the inputs that were kept are tried; {@code .ci/fuzz.sh}
 * looks for new ones.
 */
class ProtocolFuzzTests {

	private static final String MAX_DURATION = "60s";

	private static final int MAX = 100_000;

	private static final Destination DESTINATION = new Destination(ScriptedStream.PEER, "listener");

	@FuzzTest(maxDuration = MAX_DURATION)
	void header(byte[] input) throws IOException {
		ByteArrayInputStream stream = new ByteArrayInputStream(input);
		try {
			long length = Frame.readLength(stream.read(), stream);
			assertThat(length).isNotNegative();
			byte[] header = Frame.header(length);
			assertThat(Frame.readLength(header[0] & 0xFF, new ByteArrayInputStream(header, 1, header.length - 1)))
				.isEqualTo(length);
		}
		catch (MalformedTransmissionException | EOFException ex) {
			// refused
		}
	}

	@FuzzTest(maxDuration = MAX_DURATION)
	void frame(byte[] input) throws IOException {
		try {
			byte[] payload = Frame.read(new ByteArrayInputStream(input), MAX);
			assertThat(Frame.read(new ByteArrayInputStream(Frame.of(payload)), MAX)).isEqualTo(payload);
		}
		catch (MalformedTransmissionException | EOFException ex) {
			// refused
		}
	}

	@FuzzTest(maxDuration = MAX_DURATION)
	void request(byte[] input) throws IOException {
		try {
			PeerId peer = Protocol.parseRequest(Frame.read(new ByteArrayInputStream(input), Protocol.MAX_REQUEST));
			byte[] canonical = Frame.read(new ByteArrayInputStream(Protocol.request(peer)), Protocol.MAX_REQUEST);
			assertThat(Protocol.parseRequest(canonical)).isEqualTo(peer);
		}
		catch (MalformedTransmissionException | EOFException ex) {
			// refused
		}
	}

	@FuzzTest(maxDuration = MAX_DURATION)
	void replyToARequest(byte[] input) throws IOException {
		try (SenderStream stream = stream(input)) {
			assertThat(stream.request(ScriptedStream.PEER)).hasSizeLessThanOrEqualTo(1024);
		}
		catch (TransmissionRefusedException ex) {
			assertThat(ex.getReason()).isNotNull();
			assertThat(ex.getMessage()).hasSizeLessThan(Protocol.MAX_REFUSAL + 1000);
		}
		catch (UnreadableReplyException | EOFException ex) {
			// refused
		}
	}

	@FuzzTest(maxDuration = MAX_DURATION)
	void acknowledgement(byte[] input) throws IOException {
		try (SenderStream stream = stream(input)) {
			stream.send(Payload.of(new byte[1]));
			assertThat(input).startsWith(Protocol.FINISHED);
		}
		catch (TransmissionRefusedException ex) {
			assertThat(input).startsWith(Protocol.REFUSED);
		}
		catch (UnreadableReplyException | EOFException ex) {
			// refused
		}
	}

	private static SenderStream stream(byte[] input) throws IOException {
		return new SenderStream(ScriptedStream.ending(input), DESTINATION, new SendLimits(Duration.ofSeconds(1), 0));
	}

	@FuzzTest(maxDuration = MAX_DURATION)
	void fields(byte[] input) {
		for (int max = 1; max < 5; max++) {
			List<byte[]> fields = Protocol.splitFields(input, max);
			assertThat(fields).hasSizeBetween(1, max);
			assertThat(Protocol.joinFields(fields.toArray(byte[][]::new))).isEqualTo(input);
		}
	}

	@FuzzTest(maxDuration = MAX_DURATION)
	void encrypted(byte[] input) {
		AesGcmCipher cipher = new AesGcmCipher(new byte[32]);
		assertThat(cipher.decrypt(cipher.encrypt(input))).isEqualTo(input);
		try {
			byte[] plain = cipher.decrypt(input);
			// as good as impossible without the key
			throw new AssertionError("Accepted as encrypted: " + Arrays.toString(plain));
		}
		catch (DecryptionException ex) {
			// refused
		}
	}

}

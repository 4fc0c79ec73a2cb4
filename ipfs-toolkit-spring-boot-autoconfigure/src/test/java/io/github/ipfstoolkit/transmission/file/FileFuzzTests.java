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

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

import com.code_intelligence.jazzer.junit.FuzzTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a peer says about a file is understood, or refused with the one exception that
 * is for that. In an ordinary run the inputs that were kept are tried;
 * {@code .ci/fuzz.sh} looks for new ones.
 */
class FileFuzzTests {

	private static final String MAX_DURATION = "60s";

	private static final Path DIRECTORY = Path.of("files").toAbsolutePath();

	@FuzzTest(maxDuration = MAX_DURATION)
	void size(byte[] input) throws MalformedOfferException {
		try {
			long size = FileSize.parse(input);
			assertThat(size).isNotNegative();
			assertThat(FileSize.format(size)).doesNotContain(0xFF);
			assertThat(FileSize.parse(FileSize.format(size))).isEqualTo(size);
		}
		catch (MalformedOfferException ex) {
			assertThat(input).isNotEmpty();
		}
	}

	@FuzzTest(maxDuration = MAX_DURATION)
	void offer(byte[] input) throws MalformedOfferException {
		FileOffer offer;
		try {
			offer = FileOffer.parseDirect(input);
		}
		catch (MalformedOfferException ex) {
			return;
		}
		assertThat(offer.size()).isNotNegative();
		assertThat(offer.name()).isNotEmpty();
		FileOffer again = FileOffer.parseDirect(offer.toDirect());
		assertSame(again, offer);
		assertThat(again.transferId()).isEqualTo(offer.transferId());
		assertThat(again.callId()).isEqualTo(offer.callId());
		assertThat(again.cid()).isEqualTo(offer.cid());
	}

	/**
	 * The name of the conversation stands before the offer, divided by a zero.
	 */
	@FuzzTest(maxDuration = MAX_DURATION)
	void offerOfAPythonSender(byte[] input) throws MalformedOfferException {
		int end = 0;
		while (end < input.length && input[end] != 0) {
			end++;
		}
		String conversation = new String(input, 0, end, StandardCharsets.UTF_8);
		FileOffer offer;
		try {
			offer = FileOffer.parseClassic(Arrays.copyOfRange(input, Math.min(end + 1, input.length), input.length),
					conversation);
		}
		catch (MalformedOfferException ex) {
			return;
		}
		assertThat(offer.size()).isNotNegative();
		assertThat(offer.name()).isNotEmpty();
		assertSame(FileOffer.parseClassic(offer.toClassic(), offer.name() + "_conv"), offer);
	}

	private static void assertSame(FileOffer actual, FileOffer expected) {
		assertThat(actual.size()).isEqualTo(expected.size());
		assertThat(actual.name()).isEqualTo(expected.name());
		assertThat(actual.metadata()).isEqualTo(expected.metadata());
	}

	@FuzzTest(maxDuration = MAX_DURATION)
	void message(byte[] input) throws MalformedOfferException {
		FileMessage message;
		try {
			message = FileMessage.parse(input);
		}
		catch (MalformedOfferException ex) {
			return;
		}
		assertThat(message.rest()).hasSizeLessThan(input.length + 1);
		assertThat(message.refusal().toException(message.detail()).getReason()).isNotNull();
		FileMessage again = FileMessage.parse(message.toBytes());
		assertThat(again.word()).isEqualTo(message.word());
		assertThat(again.content()).isEqualTo(message.content());
		try {
			assertThat(message.size()).isNotNegative();
		}
		catch (MalformedOfferException ex) {
			// no size
		}
	}

	/**
	 * Whatever the name, the file is in the directory, and its name is fit for any file
	 * system.
	 */
	@FuzzTest(maxDuration = MAX_DURATION)
	void receivedName(byte[] input) {
		for (String sent : new String[] { new String(input, StandardCharsets.UTF_8),
				new String(input, StandardCharsets.UTF_16) }) {
			ReceivedName name = ReceivedName.of(sent);
			for (String text : new String[] { name.text(0), name.text(9999), name.ascii().text(0) }) {
				assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(1, 255);
				assertThat(text)
					.doesNotContainPattern("[\\x00-\\x1f\\x7f-\\x9f/\\\\:*?\"<>|\u2044\u2215]|[. ]$|^\\.{1,2}$");
				assertThat(text).doesNotMatch("(?is)(con|prn|aux|nul|com[0-9]|lpt[0-9])( *\\..*)?");
				assertThat(DIRECTORY.resolve(text).normalize().getParent()).isEqualTo(DIRECTORY);
			}
			assertThat(ReceivedName.of(name.toString())).hasToString(name.toString());
		}
	}

}

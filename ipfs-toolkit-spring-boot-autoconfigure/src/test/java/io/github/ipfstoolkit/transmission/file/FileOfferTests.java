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

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import io.github.ipfstoolkit.Cid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link FileOffer}.
 */
class FileOfferTests {

	private static final byte[] BINARY = { 0, (byte) 255, 1, (byte) 255, (byte) 255 };

	private static final Cid CID = Cid.of("bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy");

	@Test
	void directFormKeepsEverything() throws Exception {
		FileOffer read = FileOffer.parseDirect(new FileOffer(65024, "Grüße.txt", BINARY, "abc", "def", CID).toDirect());
		assertThat(read).usingRecursiveComparison()
			.isEqualTo(new FileOffer(65024, "Grüße.txt", BINARY, "abc", "def", CID));
	}

	@Test
	void classicFormKeepsSizeNameAndMetadata() throws Exception {
		FileOffer read = FileOffer.parseClassic(new FileOffer(254, "a.txt", BINARY, "abc", "def", null).toClassic(),
				"x");
		assertThat(read).usingRecursiveComparison().isEqualTo(new FileOffer(254, "a.txt", BINARY, null, null, null));
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, 253, 254, 255, 65_024, 65_025, 254 * 255, 254 * 255 + 254, 16_581_374,
			0x41L * 255 * 255 + 254 * 255 + 0x41, 1_000_000 })
	void whatPythonWritesIsRead(long size) throws Exception {
		FileOffer read = FileOffer.parseClassic(python(size, "name.txt", BINARY), "name.txt_conv");
		assertThat(read).usingRecursiveComparison()
			.isEqualTo(new FileOffer(size, "name.txt", BINARY, null, null, null));
	}

	@Test
	void metadataThatLooksLikeANameDoesNotConfuse() throws Exception {
		byte[] metadata = python(1, "other.txt", BINARY);
		FileOffer read = FileOffer.parseClassic(python(254, "a", metadata), "a_conv");
		assertThat(read).usingRecursiveComparison().isEqualTo(new FileOffer(254, "a", metadata, null, null, null));
	}

	@Test
	void withoutTheConversationsNameTheFirstPlausibleReadingCounts() throws Exception {
		assertThat(FileOffer.parseClassic(python(254, "name.txt", BINARY), "any").size()).isEqualTo(254);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "ff", "ffff", "02ff", "02ff61", "02ffffff", "02ffc328ff", "02ff00ff",
			"0202020202020202020202ff61ff" })
	void whatIsNoOfferIsRejected(String hex) {
		byte[] message = HexFormat.of().parseHex(hex);
		assertThatExceptionOfType(MalformedOfferException.class)
			.isThrownBy(() -> FileOffer.parseClassic(message, "x_conv"));
		assertThatExceptionOfType(MalformedOfferException.class).isThrownBy(() -> FileOffer.parseDirect(message));
	}

	@Test
	void directOfferWithAnotherCidOrALongIdIsRejected() {
		byte[] cid = "\u0002|a|id|call|nocid|".getBytes(StandardCharsets.ISO_8859_1);
		byte[] id = new FileOffer(1, "a", BINARY, "x".repeat(65), "call", null).toDirect();
		assertThatExceptionOfType(MalformedOfferException.class).isThrownBy(() -> FileOffer.parseDirect(separate(cid)));
		assertThatExceptionOfType(MalformedOfferException.class).isThrownBy(() -> FileOffer.parseDirect(id));
	}

	private static byte[] separate(byte[] text) {
		byte[] result = text.clone();
		for (int i = 0; i < result.length; i++) {
			result[i] = (result[i] == '|') ? (byte) 255 : result[i];
		}
		return result;
	}

	/**
	 * Writes an offer as Python does: with a digit 254 as the byte FF.
	 */
	static byte[] python(long size, String name, byte[] metadata) {
		ByteArrayOutputStream message = new ByteArrayOutputStream();
		writeDigits(size, message);
		message.write(255);
		message.writeBytes(name.getBytes(StandardCharsets.UTF_8));
		message.write(255);
		message.writeBytes(metadata);
		return message.toByteArray();
	}

	private static void writeDigits(long number, ByteArrayOutputStream message) {
		if (number > 0) {
			writeDigits(number / 255, message);
			message.write((int) (number % 255 + 1));
		}
	}

}

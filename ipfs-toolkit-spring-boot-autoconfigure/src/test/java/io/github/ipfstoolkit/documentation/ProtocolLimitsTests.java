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
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the limits that the page on the protocol names in step with those that are kept.
 */
class ProtocolLimitsTests {

	private static final Path PAGE = Path.of("..", "docs", "protocol.md");

	private static final String PACKAGE = "io.github.ipfstoolkit.";

	private static final Pattern TABLE = Pattern.compile("(?s)\\| what \\| at most \\|\n\\|---\\|---\\|\n(.*?)\n\n");

	private static final Pattern ROW = Pattern.compile("\\| (.+?) \\| (\\d+) \\|");

	/**
	 * The constants of the table's rows, in their order.
	 */
	private static final String[][] CONSTANTS = { { "name of a listener", "p2p.ProtocolName.MAX_LENGTH" },
			{ "digits of a frame's length", "transmission.Frame.MAX_DIGITS" },
			{ "request", "transmission.Protocol.MAX_REQUEST" },
			{ "name of a channel", "transmission.SenderStream.MAX_CHANNEL" },
			{ "frame of a refusal", "transmission.Protocol.MAX_REFUSAL" },
			{ "rest of a refused message that is read", "transmission.TunnelTransmissionReceiver.MAX_SKIPPED" },
			{ "rest of a refused message that is thrown", "transmission.TunnelTransmissionReceiver.MAX_DISCARDED" },
			{ "name in a handshake", "transmission.conversation.Handshake.MAX_NAME" },
			{ "salutation", "transmission.conversation.ConversationOptions.MAX_SALUTATION" },
			{ "handshake", "transmission.conversation.Handshake.MAX_LENGTH" },
			{ "reason in CLOSE", "transmission.conversation.DirectLink.MAX_REASON" },
			{ "window", "transmission.conversation.DirectLink.WINDOW" },
			{ "what a unit takes", "transmission.conversation.DirectLink.OVERHEAD" },
			{ "substreams", "transmission.conversation.MultiplexedStream.MAX_SUBSTREAMS" },
			{ "piece", "transmission.conversation.MultiplexedStream.MAX_PIECE" },
			{ "unread bytes of a substream", "transmission.conversation.Substream.MAX_UNREAD" },
			{ "unread bytes of a substream on", "transmission.conversation.Substream.MAX_UNANSWERED" },
			{ "digits of a file's size", "transmission.file.FileSize.MAX_DIGITS" },
			{ "offer of a file", "transmission.file.FileOffer.MAX_LENGTH" },
			{ "*transfer*", "transmission.file.FileOffer.MAX_ID" },
			{ "metadata", "transmission.file.FileOptions.MAX_METADATA" },
			{ "word", "transmission.file.FileMessage.MAX_WORD" } };

	@Test
	void limitsOfThePageAreThoseThatAreKept() throws Exception {
		Map<String, Long> named = named();
		assertThat(named).hasSize(CONSTANTS.length);
		int row = 0;
		for (Map.Entry<String, Long> limit : named.entrySet()) {
			assertThat(limit.getKey()).startsWith(CONSTANTS[row][0]);
			assertThat(limit.getValue()).as(limit.getKey()).isEqualTo(value(CONSTANTS[row][1]));
			row++;
		}
	}

	private static Map<String, Long> named() throws IOException {
		Matcher table = TABLE.matcher(Files.readString(PAGE));
		assertThat(table.find()).isTrue();
		Map<String, Long> result = new LinkedHashMap<>();
		Matcher row = ROW.matcher(table.group(1));
		while (row.find()) {
			result.put(row.group(1), Long.valueOf(row.group(2)));
		}
		return result;
	}

	private static long value(String constant) throws Exception {
		int dot = constant.lastIndexOf('.');
		Class<?> type = ClassUtils.forName(PACKAGE + constant.substring(0, dot), null);
		Field field = type.getDeclaredField(constant.substring(dot + 1));
		field.setAccessible(true);
		return ((Number) field.get(null)).longValue();
	}

}

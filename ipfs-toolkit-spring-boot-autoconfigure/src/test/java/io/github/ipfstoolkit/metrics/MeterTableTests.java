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

package io.github.ipfstoolkit.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.listener.IpfsListenerEndpointRegistry;
import io.github.ipfstoolkit.observation.DefaultIpfsRpcObservationConvention;
import io.github.ipfstoolkit.observation.IpfsRpcObservationDocumentation;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.transmission.InvalidPeerException;
import io.github.ipfstoolkit.transmission.Receipt;
import io.github.ipfstoolkit.transmission.ReceiveFailure;
import io.github.ipfstoolkit.transmission.conversation.Conversation;
import io.github.ipfstoolkit.transmission.conversation.ConversationOutcome;
import io.github.ipfstoolkit.transmission.file.FileReceipt;
import io.github.ipfstoolkit.transmission.file.ReceivedFile;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Holds the table of meters in step with the meters.
 */
class MeterTableTests {

	private static final PeerId PEER = PeerId.of("12D3KooWBRmDWFvm5WriT5zc32HKv7v78VzDSzJHpGQ6MhocRFL3");

	private static final Pattern CODE = Pattern.compile("`([^`]+)`");

	@Test
	void tableNamesAllMetersWithTheirTags() throws IOException {
		assertThat(table()).isEqualTo(meters());
	}

	private static Map<String, Set<String>> meters() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		new IpfsNodeMetrics(mock(Kubo.class), Duration.ofMinutes(1), Duration.ofMinutes(1)).bindTo(registry);
		new IpfsListenerMetrics(mock(IpfsListenerEndpointRegistry.class)).bindTo(registry);
		TransmissionMetrics transmissions = new TransmissionMetrics(registry);
		transmissions.sent(new Receipt(PEER, "chat", 1, Duration.ZERO));
		transmissions.sendFailed("bob", "chat", new InvalidPeerException(PEER), Duration.ZERO);
		transmissions.received(PEER, "chat", 1, Duration.ZERO);
		transmissions.receiveFailed("chat", ReceiveFailure.BUSY);
		ConversationMetrics conversations = new ConversationMetrics(registry);
		Conversation conversation = mock(Conversation.class);
		given(conversation.listener()).willReturn("chat");
		conversations.opened(conversation, true);
		conversations.startFailed(PEER, "chat", new InvalidPeerException(PEER), Duration.ZERO);
		conversations.said(conversation, 1);
		conversations.heard(conversation, 1);
		conversations.ended(conversation, true, ConversationOutcome.CLOSED, Duration.ZERO);
		conversations.requested(PEER, "chat", null, Duration.ZERO);
		FileMetrics files = new FileMetrics(registry);
		files.sent(new FileReceipt(PEER, "files", "name", 1, "", 0, null, Duration.ZERO));
		files.sendFailed("files", new InvalidPeerException(PEER), Duration.ZERO);
		files.received(new ReceivedFile(PEER, "files", Path.of("name"), "name", 1, new byte[0], ""), Duration.ZERO);
		files.receiveFailed("files", "too-large");
		BufferMetrics buffers = new BufferMetrics(registry);
		buffers.sent(PEER, "buffers", 1, Duration.ZERO);
		buffers.received(PEER, "buffers", 1, Duration.ZERO);
		Map<String, Set<String>> meters = new TreeMap<>();
		registry.getMeters()
			.forEach((meter) -> meters.put(meter.getId().getName(),
					meter.getId().getTags().stream().map(Tag::getKey).collect(Collectors.toSet())));
		Set<String> keys = new TreeSet<>();
		for (KeyName key : IpfsRpcObservationDocumentation.RPC.getLowCardinalityKeyNames()) {
			keys.add(key.asString());
		}
		keys.add("error"); // of each observation
		meters.put(new DefaultIpfsRpcObservationConvention().getName(), keys);
		return meters;
	}

	private static Map<String, Set<String>> table() throws IOException {
		Map<String, Set<String>> table = new TreeMap<>();
		List<String> rows = Files.readString(Path.of("..", "docs", "operations.md"))
			.lines()
			.dropWhile((line) -> !line.equals("| meter | tags | |"))
			.skip(2)
			.takeWhile((line) -> line.startsWith("|"))
			.toList();
		for (String row : rows) {
			String[] cells = row.split("\\|");
			Set<String> tags = code(cells[2].split(":")[0]);
			code(cells[1]).forEach((name) -> table.put(name, tags));
		}
		return table;
	}

	private static Set<String> code(String text) {
		return CODE.matcher(text).results().map((MatchResult match) -> match.group(1)).collect(Collectors.toSet());
	}

}

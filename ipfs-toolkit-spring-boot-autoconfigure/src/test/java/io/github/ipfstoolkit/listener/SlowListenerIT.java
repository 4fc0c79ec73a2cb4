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

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.ipfstoolkit.p2p.SwarmPeerDirectory;
import io.github.ipfstoolkit.p2p.TunnelOptions;
import io.github.ipfstoolkit.p2p.TunnelTemplate;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import io.github.ipfstoolkit.transmission.SenderOptions;
import io.github.ipfstoolkit.transmission.TransmissionRefusedException;
import io.github.ipfstoolkit.transmission.TransmissionTemplate;
import io.github.ipfstoolkit.transmission.TransmissionTimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Listeners that are slower than their senders, block or throw, in an application with
 * little memory: the others go on.
 */
class SlowListenerIT {

	private static final int SENDERS = 32;

	private static final int MESSAGES = 320;

	private static final byte[] MEGABYTE = new byte[1_000_000];

	@TempDir
	private Path directory;

	@Test
	void memoryStaysFlatAndOthersGoOn() throws Exception {
		try (KuboTestNode alice = KuboTestNode.start(); KuboTestNode bob = KuboTestNode.start()) {
			alice.connectTo(bob);
			TunnelTemplate tunnels = new TunnelTemplate(alice.kubo(), () -> alice.endpoint().uri().getHost(),
					TunnelOptions.defaults());
			SenderOptions options = new SenderOptions(Duration.ofSeconds(20), 3, SENDERS, Duration.ofSeconds(30));
			TransmissionTemplate transmissions = new TransmissionTemplate(tunnels,
					new SwarmPeerDirectory(alice.kubo(), Duration.ofSeconds(10)), options, JsonMapper.builder().build(),
					List.of());
			NotingProcess application = NotingProcess.start(bob, this.directory, "-Xmx64m",
					"-XX:+ExitOnOutOfMemoryError");
			ExecutorService senders = Executors.newCachedThreadPool();
			try {
				Future<?> blocked = senders.submit(() -> transmissions.send(bob.peerId(), "blocked", "first"));
				Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> application.notes().contains("blocked"));
				List<Future<?>> sending = new ArrayList<>();
				for (int i = 0; i < SENDERS; i++) {
					sending.add(senders.submit(() -> {
						for (int message = 0; message < MESSAGES / SENDERS; message++) {
							transmissions.send(bob.peerId(), "slow", MEGABYTE);
						}
					}));
				}
				long[] millis = new long[50];
				for (int i = 0; i < millis.length; i++) {
					millis[i] = transmissions.send(bob.peerId(), "numbers", "meanwhile").duration().toMillis();
					assertThatExceptionOfType(TransmissionRefusedException.class)
						.isThrownBy(() -> transmissions.send(bob.peerId(), "throwing", "text"));
				}
				Arrays.sort(millis);
				for (Future<?> sender : sending) {
					sender.get(60, TimeUnit.SECONDS);
				}
				System.out.printf(
						"%d MB taken by a listener that is slower than its %d senders, with a heap of 64 MB; meanwhile "
								+ "messages to another took %d ms (median), %d ms at most%n",
						MESSAGES, SENDERS, millis[millis.length / 2], millis[millis.length - 1]);
				assertThat(application.notes().stream().filter("slow 1000000"::equals)).hasSize(MESSAGES);
				assertThat(blocked).failsWithin(Duration.ofSeconds(30))
					.withThrowableOfType(ExecutionException.class)
					.withCauseInstanceOf(TransmissionTimeoutException.class);
				assertThat(application.isAlive()).isTrue();
			}
			finally {
				senders.shutdownNow();
				transmissions.stop();
				tunnels.stop();
				application.kill();
			}
		}
	}

}

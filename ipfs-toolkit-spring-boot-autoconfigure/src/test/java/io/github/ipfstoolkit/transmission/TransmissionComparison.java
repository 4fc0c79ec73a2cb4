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
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntSupplier;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.p2p.TunnelForward;
import io.github.ipfstoolkit.p2p.TunnelListener;
import io.github.ipfstoolkit.p2p.TunnelStream;

import org.springframework.core.io.ByteArrayResource;

/**
 * Compares messages with raw streams through the same tunnel, in turns within one run,
 * and prints the ratios. A program, not a test: run its {@code main} method, with
 * {@code IPFS_TEST_EXECUTABLE} set.
 */
final class TransmissionComparison {

	private static final List<String> ALL = List.of("warm", "concurrent", "large", "cold");

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final int SIZE = 100;

	private static final byte[] ACKNOWLEDGEMENT = new byte[9];

	private static final int LARGE = 100 << 20;

	private final TwoPeers peers = new TwoPeers(false);

	private final PeerId bob = this.peers.bob.peerId();

	private final byte[] payload = new byte[SIZE];

	private TransmissionComparison() {
	}

	/**
	 * Runs all comparisons, or those that are named.
	 */
	public static void main(String[] arguments) throws Exception {
		TransmissionComparison comparison = new TransmissionComparison();
		try {
			comparison.run((arguments.length == 0) ? ALL : List.of(arguments));
		}
		finally {
			comparison.peers.close();
		}
		System.exit(0);
	}

	private void run(List<String> parts) throws Exception {
		try (TunnelListener listener = this.peers.bobsTunnels.listen("raw");
				TunnelForward forward = this.peers.alicesTunnels.forward(this.bob, "raw");
				TransmissionReceiver receiver = this.peers.receivers.open("messages", this.peers.options(32),
						Transmission::bytes)) {
			this.peers.executor.execute(() -> acceptAll(listener, () -> SIZE));
			if (parts.contains("warm")) {
				compareRoundTrips(forward);
			}
			if (parts.contains("concurrent")) {
				compareConcurrency(forward, 16);
			}
		}
		if (parts.contains("large")) {
			compareLarge();
		}
		if (parts.contains("cold")) {
			measureCold();
		}
	}

	private void compareRoundTrips(TunnelForward forward) throws Exception {
		int rounds = 20_000;
		long[] raw = new long[rounds];
		long[] messages = new long[rounds];
		try (TunnelStream stream = forward.open(TIMEOUT)) {
			for (int i = -5_000; i < rounds; i++) {
				long rawTime = time(() -> roundTrip(stream));
				long messageTime = time(() -> this.peers.transmissions.send(this.bob, "messages", this.payload));
				if (i >= 0) {
					raw[i] = rawTime;
					messages[i] = messageTime;
				}
			}
		}
		print("warm message of 100 bytes, median", median(messages), median(raw));
	}

	private void compareConcurrency(TunnelForward forward, int senders) throws Exception {
		List<Double> raw = new ArrayList<>();
		List<Double> messages = new ArrayList<>();
		List<TunnelStream> streams = new ArrayList<>();
		for (int i = 0; i < senders; i++) {
			streams.add(forward.open(TIMEOUT));
		}
		for (int round = 0; round < 7; round++) {
			raw.add(rate(senders, (sender) -> roundTrip(streams.get(sender))));
			messages.add(rate(senders, (sender) -> this.peers.transmissions.send(this.bob, "messages", this.payload)));
		}
		streams.forEach(TunnelStream::close);
		double rawRate = median(raw);
		double messageRate = median(messages);
		System.out.printf("MEASURE %d senders: %.0f messages/s, raw %.0f/s, ratio %.2f%n", senders, messageRate,
				rawRate, messageRate / rawRate);
	}

	private double rate(int senders, Sending sending) throws Exception {
		int each = 1_000;
		ExecutorService executor = Executors.newFixedThreadPool(senders);
		List<Callable<Void>> tasks = new ArrayList<>();
		for (int sender = 0; sender < senders; sender++) {
			int number = sender;
			tasks.add(() -> {
				for (int i = 0; i < each; i++) {
					sending.send(number);
				}
				return null;
			});
		}
		long start = System.nanoTime();
		for (Future<Void> future : executor.invokeAll(tasks)) {
			future.get();
		}
		executor.shutdown();
		return senders * each * 1e9 / (System.nanoTime() - start);
	}

	private void compareLarge() throws Exception {
		byte[] large = new byte[LARGE];
		try (TunnelListener listener = this.peers.bobsTunnels.listen("rawlarge");
				TunnelForward forward = this.peers.alicesTunnels.forward(this.bob, "rawlarge");
				TunnelStream stream = forward.open(TIMEOUT);
				TransmissionReceiver receiver = this.peers.receivers.open("large", this.peers.options(1),
						(message) -> readAll(message.content()))) {
			this.peers.executor.execute(() -> acceptAll(listener, () -> LARGE));
			long[] raw = new long[7];
			long[] messages = new long[7];
			for (int i = -2; i < raw.length; i++) {
				long rawTime = time(() -> {
					new ByteArrayInputStream(large).transferTo(stream.output());
					stream.input().readNBytes(ACKNOWLEDGEMENT.length);
				});
				long messageTime = time(
						() -> this.peers.transmissions.send(this.bob, "large", new ByteArrayResource(large)));
				if (i >= 0) {
					raw[i] = rawTime;
					messages[i] = messageTime;
				}
			}
			print("message of 100 MB, median", median(messages), median(raw));
		}
	}

	private void measureCold() throws Exception {
		long[] cold = new long[30];
		for (int i = -10; i < cold.length; i++) {
			String listener = "cold" + i;
			try (TransmissionReceiver receiver = this.peers.receivers.open(listener, this.peers.options(1),
					Transmission::bytes)) {
				long time = time(() -> this.peers.transmissions.send(this.bob, listener, this.payload));
				if (i >= 0) {
					cold[i] = time;
				}
			}
		}
		System.out.printf("MEASURE cold message, median: %.2f ms%n", median(cold) / 1e6);
	}

	private void roundTrip(TunnelStream stream) throws IOException {
		stream.output().write(this.payload);
		stream.input().readNBytes(ACKNOWLEDGEMENT.length);
	}

	private void acceptAll(TunnelListener listener, IntSupplier size) {
		try {
			while (true) {
				TunnelStream stream = listener.accept();
				this.peers.executor.execute(() -> acknowledge(stream, size.getAsInt()));
			}
		}
		catch (IOException ex) {
			// the comparison is over
		}
	}

	private static void acknowledge(TunnelStream stream, int size) {
		byte[] buffer = new byte[Math.min(size, 65536)];
		try (stream) {
			InputStream input = stream.input();
			while (true) {
				for (int rest = size; rest > 0;) {
					int count = input.read(buffer, 0, Math.min(buffer.length, rest));
					if (count < 0) {
						return;
					}
					rest -= count;
				}
				stream.output().write(ACKNOWLEDGEMENT);
			}
		}
		catch (IOException ex) {
			// the comparison is over
		}
	}

	private static void readAll(InputStream input) throws IOException {
		byte[] buffer = new byte[65536];
		int count = input.read(buffer);
		while (count >= 0) {
			count = input.read(buffer);
		}
	}

	private static long time(Step step) throws Exception {
		long start = System.nanoTime();
		step.run();
		return System.nanoTime() - start;
	}

	private static double median(long[] values) {
		Arrays.sort(values);
		return values[values.length / 2];
	}

	private static double median(List<Double> values) {
		return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
	}

	private static void print(String what, double message, double raw) {
		System.out.printf("MEASURE %s: %.1f us, raw %.1f us, ratio %.2f%n", what, message / 1e3, raw / 1e3,
				message / raw);
	}

	private interface Step {

		void run() throws Exception;

	}

	private interface Sending {

		void send(int sender) throws Exception;

	}

}

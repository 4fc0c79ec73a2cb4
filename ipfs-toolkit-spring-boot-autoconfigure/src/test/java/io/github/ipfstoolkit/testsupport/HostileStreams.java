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

package io.github.ipfstoolkit.testsupport;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.github.ipfstoolkit.p2p.TunnelForward;
import io.github.ipfstoolkit.p2p.TunnelStream;

/**
 * The streams that a hostile peer has opened.
 */
public final class HostileStreams implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final List<TunnelStream> opened = new ArrayList<>();

	/**
	 * Opens one more.
	 */
	public TunnelStream open(TunnelForward forward) throws IOException {
		TunnelStream stream = forward.open(TIMEOUT);
		stream.setReadTimeout(TIMEOUT);
		this.opened.add(stream);
		return stream;
	}

	/**
	 * Writes to a stream which may have been ended already.
	 */
	public static void write(TunnelStream stream, byte[] bytes) {
		try {
			stream.output().write(bytes);
		}
		catch (IOException ex) {
			// it was ended before
		}
	}

	/**
	 * Reads until the receiver has ended all of these streams.
	 * @return how long that took, in milliseconds
	 */
	public static long awaitEnd(List<TunnelStream> streams) {
		long start = System.nanoTime();
		for (TunnelStream stream : streams) {
			try {
				stream.input().skipNBytes(Long.MAX_VALUE);
			}
			catch (IOException ex) {
				// it has ended
			}
		}
		return (System.nanoTime() - start) / 1_000_000;
	}

	/**
	 * Writes a byte a second to each of these streams until the receiver has ended all.
	 * @return how long that took, in milliseconds
	 */
	public static long dripUntilEnded(List<TunnelStream> streams) {
		ScheduledExecutorService dripping = Executors.newSingleThreadScheduledExecutor();
		try {
			dripping.scheduleWithFixedDelay(() -> streams.forEach((stream) -> write(stream, new byte[] { 1 })), 0, 1,
					TimeUnit.SECONDS);
			return awaitEnd(streams);
		}
		finally {
			dripping.shutdownNow();
		}
	}

	@Override
	public void close() {
		this.opened.forEach(TunnelStream::close);
	}

}

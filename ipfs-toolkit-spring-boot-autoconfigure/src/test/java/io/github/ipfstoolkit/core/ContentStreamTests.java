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

package io.github.ipfstoolkit.core;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import io.github.ipfstoolkit.IpfsException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.test.publisher.TestPublisher;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link ContentStream}.
 */
class ContentStreamTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final NettyDataBufferFactory buffers = new NettyDataBufferFactory(UnpooledByteBufAllocator.DEFAULT);

	private final TestPublisher<DataBuffer> node = TestPublisher.create();

	private ByteBuf buffer(int size) {
		return UnpooledByteBufAllocator.DEFAULT.buffer(size).writeZero(size);
	}

	private static ContentStream stream(Flux<DataBuffer> content) {
		return ContentStream.of(ResponseEntity.ok(content));
	}

	@Test
	void contentIsReadToItsEnd() throws IOException {
		ByteBuf first = buffer(5);
		ByteBuf second = buffer(7).setByte(6, 42);
		ContentStream stream = stream(Flux.just(this.buffers.wrap(first), this.buffers.wrap(second)));
		assertThat(stream.read(new byte[3])).isEqualTo(3);
		assertThat(stream.available()).isEqualTo(2);
		assertThat(stream.readAllBytes()).hasSize(9).endsWith(42);
		assertThat(stream.read()).isEqualTo(-1);
		stream.close();
		assertThat(first.refCnt()).isZero();
		assertThat(second.refCnt()).isZero();
	}

	@Test
	void failureComesAfterWhatWasReceivedAndStays() throws IOException {
		IpfsException failure = new IpfsException("lost");
		Flux<DataBuffer> failing = Flux.<DataBuffer>just(this.buffers.wrap(buffer(3))).concatWith(Mono.error(failure));
		try (ContentStream stream = stream(failing)) {
			assertThat(stream.readNBytes(3)).hasSize(3);
			assertThatIOException().isThrownBy(stream::read).withMessage("lost").withCause(failure);
			assertThatIOException().isThrownBy(stream::readAllBytes).withCause(failure);
		}
	}

	@Test
	void noMoreIsRequestedThanIsHeld() throws IOException {
		ContentStream stream = stream(this.node.flux());
		this.node.assertMaxRequested(16);
		for (int i = 0; i < 16; i++) {
			this.node.next(this.buffers.wrap(buffer(1)));
		}
		stream.readNBytes(11);
		this.node.assertMaxRequested(16);
		stream.readNBytes(1);
		this.node.assertMinRequested(12);
		stream.close();
		this.node.assertCancelled();
	}

	@Test
	void closeReleasesWhatWasNotReadAndWhatStillArrives() throws IOException {
		AtomicReference<Subscriber<? super DataBuffer>> subscriber = new AtomicReference<>();
		ContentStream stream = stream(Flux.from((downstream) -> {
			subscriber.set(downstream);
			downstream.onSubscribe(Operators.emptySubscription());
		}));
		List<ByteBuf> arriving = List.of(buffer(2), buffer(2), buffer(2));
		subscriber.get().onNext(this.buffers.wrap(arriving.get(0)));
		subscriber.get().onNext(this.buffers.wrap(arriving.get(1)));
		stream.read();
		stream.close();
		stream.close();
		subscriber.get().onNext(this.buffers.wrap(arriving.get(2)));
		assertThat(arriving).extracting(ByteBuf::refCnt).containsOnly(0);
		assertThatIOException().isThrownBy(stream::read).withMessageContaining("closed");
	}

	@Test
	void readThatWaitsFailsWhenAnotherThreadCloses() {
		ContentStream stream = stream(this.node.flux());
		CompletableFuture<Thread> reader = new CompletableFuture<>();
		CompletableFuture<byte[]> reading = CompletableFuture.supplyAsync(() -> {
			reader.complete(Thread.currentThread());
			try {
				return stream.readAllBytes();
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		});
		Thread thread = reader.join();
		Awaitility.await().atMost(TIMEOUT).until(() -> thread.getState() == Thread.State.WAITING);
		stream.close();
		assertThat(reading).failsWithin(TIMEOUT).withThrowableThat().withMessageContaining("closed");
	}

	@Test
	void interruptEndsAReadThatWaitsAndTheCommand() throws Exception {
		ContentStream stream = stream(this.node.flux());
		CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				stream.readAllBytes();
				interrupted.complete(false);
			}
			catch (InterruptedIOException ex) {
				interrupted.complete(Thread.currentThread().isInterrupted());
			}
			catch (IOException ex) {
				interrupted.completeExceptionally(ex);
			}
		});
		thread.start();
		Awaitility.await().atMost(TIMEOUT).until(() -> thread.getState() == Thread.State.WAITING);
		thread.interrupt();
		assertThat(interrupted).succeedsWithin(TIMEOUT).isEqualTo(true);
		this.node.assertCancelled();
	}

}

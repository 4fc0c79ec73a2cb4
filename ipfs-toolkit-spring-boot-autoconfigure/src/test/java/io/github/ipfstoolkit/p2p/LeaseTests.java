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

package io.github.ipfstoolkit.p2p;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.IpfsTimeoutException;
import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.rpc.P2pApi;
import io.github.ipfstoolkit.rpc.P2pApi.Mounted;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.publisher.TestPublisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * Tests for {@link Lease} without a node.
 */
class LeaseTests {

	private static final PeerId PEER = PeerId.of("12D3KooWSqWVnXUtxkWGg8mTJzHhgwgrQDSxLEZsTZbDyGNnBtjn");

	private static final Multiaddr TARGET = Multiaddr.of("/ip4/127.0.0.1/tcp/4000");

	private static final Mounted ACTIVE = new Mounted("active", null, null);

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final P2pApi p2p = mock(P2pApi.class);

	private final AtomicInteger losses = new AtomicInteger();

	private final Mounting.Listener listener = new Mounting.Listener(this.p2p, "/x/chat", TARGET, true);

	private Lease lease(int attempts, Mounting... mountings) {
		AtomicInteger next = new AtomicInteger();
		return new Lease(this.p2p, () -> mountings[Math.min(next.getAndIncrement(), mountings.length - 1)], attempts,
				TIMEOUT, this.losses::incrementAndGet);
	}

	private void mounted(P2pApi.Mount... mounts) {
		given(this.p2p.ls()).willReturn(Mono.just(new P2pApi.Mounts(List.of(mounts))));
	}

	@Test
	void holdsTheMountUntilClosed() {
		TestPublisher<Mounted> held = TestPublisher.create();
		given(this.p2p.listen("/x/chat", TARGET, true, true)).willReturn(held.flux().startWith(ACTIVE));
		mounted();
		Lease lease = lease(1, this.listener);
		lease.take();
		assertThat(lease.isActive()).isTrue();
		lease.close();
		assertThat(lease.isActive()).isFalse();
		held.assertCancelled();
		then(this.p2p).should(never()).close(any(), any(), any());
		assertThat(this.losses).hasValue(0);
	}

	@Test
	void mountsAnewWhenTheNodeHasDroppedTheMount() {
		Sinks.Many<Mounted> first = Sinks.many().unicast().onBackpressureBuffer();
		given(this.p2p.listen("/x/chat", TARGET, true, true)).willReturn(first.asFlux(),
				Flux.error(new IpfsException("down")), Flux.error(new IpfsException("down")),
				Flux.just(ACTIVE).concatWith(Flux.never()));
		mounted();
		first.tryEmitNext(ACTIVE);
		Lease lease = lease(1, this.listener);
		lease.take();
		first.tryEmitComplete();
		assertThat(this.losses).hasValue(1);
		Awaitility.await().atMost(TIMEOUT).until(lease::isActive);
		lease.close();
	}

	/**
	 * A mistake that others paid for: to try again without a pause.
	 */
	@Test
	void pausesBetweenAttemptsThatFail() {
		AtomicInteger attempts = new AtomicInteger();
		Sinks.Many<Mounted> first = Sinks.many().unicast().onBackpressureBuffer();
		given(this.p2p.listen("/x/chat", TARGET, true, true)).willReturn(first.asFlux(),
				Flux.<Mounted>error(new IpfsException("down"))
					.doOnSubscribe((subscription) -> attempts.incrementAndGet()));
		mounted();
		first.tryEmitNext(ACTIVE);
		Lease lease = lease(1, this.listener);
		lease.take();
		first.tryEmitComplete();
		Awaitility.await().pollDelay(Duration.ofSeconds(3)).until(() -> attempts.get() > 1);
		assertThat(attempts).hasValueLessThan(40);
		assertThat(lease.isActive()).isFalse();
		lease.close();
		int atTheEnd = attempts.get();
		Awaitility.await().during(Duration.ofMillis(1500)).until(() -> attempts.get() == atTheEnd);
	}

	@Test
	void firstFailureIsReportedAndNotTriedAgain() {
		given(this.p2p.listen("/x/chat", TARGET, true, true)).willReturn(Flux.error(new IpfsException("refused")));
		mounted();
		assertThatExceptionOfType(IpfsException.class).isThrownBy(lease(1, this.listener)::take).withMessage("refused");
		then(this.p2p).should().listen("/x/chat", TARGET, true, true);
	}

	@Test
	void nodeThatDoesNotAnswerIsATimeout() {
		given(this.p2p.listen("/x/chat", TARGET, true, true)).willReturn(Flux.never());
		mounted();
		Lease lease = new Lease(this.p2p, () -> this.listener, 1, Duration.ofMillis(50), () -> {
		});
		assertThatExceptionOfType(IpfsTimeoutException.class).isThrownBy(lease::take);
	}

	@Test
	void addressInUseIsTriedAgainWithAnotherPort() {
		Mounting.Forward taken = new Mounting.Forward(this.p2p, "/x/chat", TARGET, PEER);
		Mounting.Forward free = new Mounting.Forward(this.p2p, "/x/chat", Multiaddr.of("/ip4/127.0.0.1/tcp/4001"),
				PEER);
		willReturn(Flux.error(new IpfsException("listen tcp4 127.0.0.1:4000: bind: address already in use")))
			.given(this.p2p)
			.forward(anyString(), argThat(TARGET::equals), any(), anyBoolean());
		willReturn(Flux.just(ACTIVE).concatWith(Flux.never())).given(this.p2p)
			.forward(anyString(), argThat(free.address()::equals), any(), anyBoolean());
		Lease lease = lease(2, taken, free);
		lease.take();
		assertThat(lease.mounting()).isEqualTo(free);
		lease.release();
		assertThatExceptionOfType(IpfsException.class).isThrownBy(lease(3, taken)::take)
			.withMessageContaining("already in use");
	}

	@Test
	void forwardAlwaysNamesItsPeer() {
		given(this.p2p.forward("/x/chat", TARGET, Multiaddr.of("/p2p/" + PEER), true)).willReturn(Flux.just(ACTIVE));
		Mounting.Forward forward = new Mounting.Forward(this.p2p, "/x/chat", TARGET, PEER);
		assertThat(forward.mount().blockFirst()).isEqualTo(ACTIVE);
	}

}

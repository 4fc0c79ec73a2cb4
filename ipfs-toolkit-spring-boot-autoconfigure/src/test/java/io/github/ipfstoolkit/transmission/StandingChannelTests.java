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

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.ipfstoolkit.p2p.TunnelForward;
import io.github.ipfstoolkit.p2p.TunnelStream;
import io.github.ipfstoolkit.testsupport.ScriptedStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * Tests for {@link StandingChannel}.
 */
class StandingChannelTests {

	private static final Duration HOUR = Duration.ofHours(1);

	private final TunnelForward forward = mock(TunnelForward.class);

	private final SendLimits limits = new SendLimits(Duration.ofMillis(50), 0);

	private final StandingChannel channel = new StandingChannel(new Destination(ScriptedStream.PEER, "chat"),
			this.forward, 2);

	private final ScriptedStream stream = ScriptedStream.open("Finished!");

	@BeforeEach
	void openStreams() throws IOException {
		given(this.forward.open(any())).willReturn((TunnelStream) this.stream);
	}

	private SenderStream used() throws IOException {
		SenderStream sender = this.channel.open(this.limits);
		sender.send(Payload.of(new byte[1]));
		return sender;
	}

	@Test
	void streamIsUsedAgain() throws IOException {
		SenderStream sender = used();
		assertThat(this.channel.takeResting(this.limits)).isEmpty();
		this.channel.giveBack(sender);
		assertThat(this.channel.takeResting(this.limits)).containsSame(sender);
		assertThat(this.channel.takeResting(this.limits)).isEmpty();
	}

	@Test
	void streamThatIsUsedAgainHasTheLimitsOfItsNextUser() throws IOException {
		this.channel.giveBack(used());
		SendLimits others = new SendLimits(Duration.ofSeconds(7), 0);
		SenderStream sender = this.channel.takeResting(others).orElseThrow();
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> sender.send(Payload.of(new byte[1])));
		assertThat(this.stream.readTimeouts).containsExactly(this.limits.timeout(), others.timeout());
		assertThat(this.stream.writeTimeouts).containsExactly(this.limits.timeout(), others.timeout());
	}

	@Test
	void streamThatFailedIsClosed() throws IOException {
		this.channel.giveBack(this.channel.open(this.limits));
		assertThat(this.channel.takeResting(this.limits)).isEmpty();
		assertThat(this.stream.closed).isTrue();
	}

	@Test
	void streamThatEndedWhileItRestedIsNotUsed() throws IOException {
		this.channel.giveBack(used());
		this.stream.quiet = false;
		Awaitility.await()
			.pollDelay(150, TimeUnit.MILLISECONDS)
			.until(() -> this.channel.takeResting(this.limits).isEmpty());
		assertThat(this.stream.closed).isTrue();
	}

	@Test
	void thereAreNoMoreUsersThanAllowed() throws Exception {
		assertThat(this.channel.enter(this.limits)).isTrue();
		assertThat(this.channel.enter(this.limits)).isTrue();
		assertThatExceptionOfType(TransmissionTimeoutException.class).isThrownBy(() -> this.channel.enter(this.limits));
		this.channel.leave();
		assertThat(this.channel.enter(this.limits)).isTrue();
	}

	@Test
	void idleStreamsAndThenTheChannelAreClosed() throws Exception {
		this.channel.enter(this.limits);
		this.channel.giveBack(used());
		this.channel.leave();
		assertThat(this.channel.closeIdle(HOUR)).isFalse();
		assertThat(this.stream.closed).isFalse();
		assertThat(this.channel.closeIdle(Duration.ZERO)).isTrue();
		assertThat(this.stream.closed).isTrue();
		then(this.forward).should().close();
		assertThat(this.channel.enter(this.limits)).isFalse();
	}

	@Test
	void channelInUseIsNotClosedForBeingIdle() throws Exception {
		this.channel.enter(this.limits);
		assertThat(this.channel.closeIdle(Duration.ZERO)).isFalse();
		then(this.forward).should(never()).close();
	}

	@Test
	void closingLetsMessagesUnderWayEnd() throws Exception {
		this.channel.enter(this.limits);
		SenderStream sender = used();
		this.channel.close();
		assertThat(this.stream.closed).isFalse();
		this.channel.giveBack(sender);
		this.channel.leave();
		assertThat(this.stream.closed).isTrue();
		assertThat(this.channel.enter(this.limits)).isFalse();
	}

}

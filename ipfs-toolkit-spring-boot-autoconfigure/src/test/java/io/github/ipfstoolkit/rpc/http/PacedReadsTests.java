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

package io.github.ipfstoolkit.rpc.http;

import java.util.concurrent.TimeUnit;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PacedReads}.
 */
class PacedReadsTests {

	private static final int SMALL = 4096;

	private static final int LONG_REPLY = 256 * 1024;

	private final EmbeddedChannel channel = new EmbeddedChannel(new PacedReads());

	@BeforeEach
	void stopTime() {
		this.channel.freezeTime();
	}

	@AfterEach
	void close() {
		this.channel.finishAndReleaseAll();
	}

	private void receive(int length) {
		this.channel.pipeline().fireChannelRead(new DefaultHttpContent(Unpooled.wrappedBuffer(new byte[length])));
		this.channel.pipeline().fireChannelReadComplete();
		this.channel.releaseInbound();
	}

	private void receiveLongReply() {
		for (int length = 0; length < LONG_REPLY; length += SMALL) {
			receive(SMALL);
			assertThat(this.channel.config().isAutoRead()).isTrue();
		}
	}

	private void advance(long micros) {
		this.channel.advanceTimeBy(micros, TimeUnit.MICROSECONDS);
		this.channel.runScheduledPendingTasks();
	}

	@Test
	void longReplyInSmallPiecesIsReadWithPauses() {
		receiveLongReply();
		for (int i = 0; i < 3; i++) {
			receive(SMALL);
			assertThat(this.channel.config().isAutoRead()).isFalse();
			advance(199);
			assertThat(this.channel.config().isAutoRead()).isFalse();
			advance(1);
			assertThat(this.channel.config().isAutoRead()).isTrue();
		}
	}

	@Test
	void readThatBringsMuchIsFollowedByTheNextAtOnce() {
		receiveLongReply();
		receive(32 * 1024);
		assertThat(this.channel.config().isAutoRead()).isTrue();
	}

	@Test
	void nextReplyBeginsWithoutPauses() {
		receiveLongReply();
		this.channel.pipeline().fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
		this.channel.pipeline().fireChannelReadComplete();
		assertThat(this.channel.config().isAutoRead()).isTrue();
		receiveLongReply();
	}

	@Test
	void callerWhoAsksForNothingIsNotReadFor() {
		receiveLongReply();
		this.channel.config().setAutoRead(false);
		receive(SMALL);
		advance(1000);
		assertThat(this.channel.config().isAutoRead()).isFalse();
	}

	@Test
	void connectionThatIsClosedInAPauseIsLeftAlone() {
		receiveLongReply();
		receive(SMALL);
		this.channel.close();
		advance(200);
		assertThat(this.channel.config().isAutoRead()).isFalse();
	}

}

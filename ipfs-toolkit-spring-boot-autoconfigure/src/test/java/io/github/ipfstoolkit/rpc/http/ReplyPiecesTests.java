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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReplyPieces}.
 */
class ReplyPiecesTests {

	private final EmbeddedChannel channel = new EmbeddedChannel(new ReplyPieces());

	@AfterEach
	void close() {
		this.channel.finishAndReleaseAll();
	}

	private static HttpContent chunk(String text) {
		return new DefaultHttpContent(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
	}

	private String readText() {
		HttpContent content = this.channel.readInbound();
		try {
			return content.content().toString(StandardCharsets.US_ASCII);
		}
		finally {
			content.release();
		}
	}

	private void read(Object message) {
		this.channel.pipeline().fireChannelRead(message);
	}

	@Test
	void whatHasArrivedTogetherIsOnePiece() {
		DefaultHttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
		read(response);
		read(chunk("a"));
		read(chunk("bc"));
		read(chunk("d"));
		assertThat(this.channel.<Object>readInbound()).isSameAs(response);
		assertThat(this.channel.<Object>readInbound()).isNull();
		this.channel.pipeline().fireChannelReadComplete();
		assertThat(readText()).isEqualTo("abcd");
		this.channel.pipeline().fireChannelReadComplete();
		assertThat(this.channel.<Object>readInbound()).isNull();
	}

	@Test
	void whatHasArrivedAloneIsPassedOnAsItIs() {
		HttpContent content = chunk("a");
		read(content);
		this.channel.pipeline().fireChannelReadComplete();
		assertThat(this.channel.<Object>readInbound()).isSameAs(content);
		assertThat(content.refCnt()).isOne();
		content.release();
	}

	@Test
	void endComesAfterWhatWasBeforeIt() {
		LastHttpContent last = new DefaultLastHttpContent(Unpooled.copiedBuffer("z", StandardCharsets.US_ASCII));
		read(chunk("x"));
		read(chunk("y"));
		read(last);
		assertThat(readText()).isEqualTo("xy");
		assertThat(this.channel.<Object>readInbound()).isSameAs(last);
		last.release();
	}

	@Test
	void pieceIsBoundedInLengthAndInChunks() {
		for (int i = 0; i < 40; i++) {
			read(chunk("0123456789abcdef".repeat(256)));
		}
		assertThat(readText()).hasSize(64 * 1024);
		assertThat(readText()).hasSize(64 * 1024);
		assertThat(this.channel.<Object>readInbound()).isNull();
		this.channel.pipeline().fireChannelReadComplete();
		assertThat(readText()).hasSize(32 * 1024);
		for (int i = 0; i < 3000; i++) {
			read(chunk("x"));
		}
		assertThat(readText()).hasSize(1024);
		assertThat(readText()).hasSize(1024);
	}

	@Test
	void nothingIsLostWhenTheConnectionBreaks() {
		read(chunk("x"));
		this.channel.close();
		assertThat(readText()).isEqualTo("x");
	}

	@Test
	void failureComesAfterWhatWasReceived() {
		this.channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {

			@Override
			public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
				context.fireChannelRead(String.valueOf(cause.getMessage()));
			}
		});
		read(chunk("x"));
		this.channel.pipeline().fireExceptionCaught(new IOException("broken"));
		assertThat(readText()).isEqualTo("x");
		assertThat(this.channel.<Object>readInbound()).isEqualTo("broken");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void buffersAreReleasedWithTheHandler(int number) {
		List<ByteBuf> buffers = Stream.generate(() -> Unpooled.copiedBuffer("x", StandardCharsets.US_ASCII))
			.limit(number)
			.toList();
		buffers.forEach((buffer) -> read(new DefaultHttpContent(buffer)));
		this.channel.pipeline().remove(ReplyPieces.class);
		assertThat(buffers).allSatisfy((buffer) -> assertThat(buffer.refCnt()).isZero());
	}

}

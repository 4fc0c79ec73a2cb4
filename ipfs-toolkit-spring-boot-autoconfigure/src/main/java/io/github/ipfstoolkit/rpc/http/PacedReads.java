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

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Lets a moment pass between two reads of a long reply, so that one brings what Kubo has
 * sent in many small pieces meanwhile: to be woken for each of them costs more than what
 * it holds. A read that brings much is followed by the next at once.
 * <p>
 * Only used by the connection's event loop.
 */
final class PacedReads extends ChannelInboundHandlerAdapter {

	/**
	 * How many bytes of a reply come without a pause.
	 */
	private static final int UNPACED = 256 * 1024;

	/**
	 * How many bytes are much for one read.
	 */
	private static final int MUCH = 32 * 1024;

	/**
	 * So long that a node which is as fast as it can be fills a read meanwhile, and too
	 * short to be noticed.
	 */
	private static final long PAUSE_MICROS = 200;

	private long replyLength;

	private int read;

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
		if (message instanceof LastHttpContent) {
			this.replyLength = 0;
			this.read = 0;
		}
		else if (message instanceof HttpContent content) {
			this.read += content.content().readableBytes();
		}
		super.channelRead(context, message);
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) throws Exception {
		super.channelReadComplete(context);
		this.replyLength += this.read;
		boolean pause = this.replyLength > UNPACED && this.read < MUCH;
		this.read = 0;
		// where it does not read on, the caller has not asked for more, and will ask
		if (pause && context.channel().config().isAutoRead()) {
			context.channel().config().setAutoRead(false);
			context.executor().schedule(() -> goOn(context.channel()), PAUSE_MICROS, TimeUnit.MICROSECONDS);
		}
	}

	/**
	 * Reads on. Reactor Netty has not stopped reading meanwhile: it only does when
	 * something arrives that nobody has asked for.
	 */
	private static void goOn(Channel channel) {
		if (channel.isActive()) {
			channel.config().setAutoRead(true);
		}
	}

}

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

import io.netty.buffer.CompositeByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Makes one piece of the many in which Kubo sends a reply: its chunks have 4 KiB at most,
 * and what each of them costs on its way to the caller is more than its content does.
 * Gathers only what has arrived already, so that nothing waits for what comes later.
 * <p>
 * Only used by the connection's event loop.
 */
final class ReplyPieces extends ChannelInboundHandlerAdapter {

	/**
	 * How long a piece may become, about, in bytes.
	 */
	private static final int LONG_ENOUGH = 64 * 1024;

	private static final int MAX_CHUNKS = 1024;

	/** What has arrived alone, as most replies do. */
	private @Nullable HttpContent first;

	private @Nullable CompositeByteBuf gathered;

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
		if (message instanceof HttpContent content && !(message instanceof LastHttpContent)
				&& content.decoderResult().isSuccess()) {
			add(context, content);
		}
		else {
			passOn(context);
			super.channelRead(context, message);
		}
	}

	private void add(ChannelHandlerContext context, HttpContent content) {
		CompositeByteBuf gathered = this.gathered;
		if (gathered == null) {
			HttpContent first = this.first;
			if (first == null) {
				this.first = content;
				return;
			}
			this.first = null;
			gathered = context.alloc().compositeBuffer(MAX_CHUNKS);
			gathered.addComponent(true, first.content());
			this.gathered = gathered;
		}
		gathered.addComponent(true, content.content());
		if (gathered.readableBytes() >= LONG_ENOUGH || gathered.numComponents() == MAX_CHUNKS) {
			passOn(context);
		}
	}

	private void passOn(ChannelHandlerContext context) {
		HttpContent first = this.first;
		CompositeByteBuf gathered = this.gathered;
		this.first = null;
		this.gathered = null;
		if (first != null) {
			context.fireChannelRead(first);
		}
		else if (gathered != null) {
			context.fireChannelRead(new DefaultHttpContent(gathered));
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) throws Exception {
		passOn(context);
		super.channelReadComplete(context);
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) throws Exception {
		passOn(context);
		super.channelInactive(context);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
		passOn(context);
		super.exceptionCaught(context, cause);
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		ReferenceCountUtil.release(this.first);
		ReferenceCountUtil.release(this.gathered);
		this.first = null;
		this.gathered = null;
	}

}

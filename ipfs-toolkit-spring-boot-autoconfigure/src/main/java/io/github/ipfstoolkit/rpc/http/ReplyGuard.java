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

import io.github.ipfstoolkit.NodeUnreachableException;
import io.github.ipfstoolkit.rpc.IncompleteReplyException;
import io.github.ipfstoolkit.rpc.RpcError;
import io.github.ipfstoolkit.rpc.StreamFailedException;
import io.github.ipfstoolkit.rpc.client.CallKind;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.ChannelOperations;

/**
 * Watches the replies on one connection, behind the HTTP codec: sees the trailer with
 * which Kubo reports a failure in mid-stream, a reply that ends early, and a node that is
 * silent for too long, or a short reply that takes too long. WebClient sees none of them.
 * <p>
 * Only used by the connection's event loop.
 */
final class ReplyGuard extends ChannelDuplexHandler {

	private static final String STREAM_ERROR = "X-Stream-Error";

	/**
	 * Holds, for {@code cat} alone, the length of the body: with {@code offset} and
	 * {@code length}, and of all paths together (measured with Kubo 0.43.0). For
	 * {@code get} it is the file's, not that of the archive around it.
	 */
	private static final String CONTENT_LENGTH = "X-Content-Length";

	private @Nullable Exchange exchange;

	/**
	 * When the exchange is looked at next. It stays for the next one when an exchange
	 * ends: one to be set and cancelled for each costs more than small ones do otherwise.
	 */
	private @Nullable Future<?> timer;

	private long timerTime;

	/**
	 * Begins to watch a call.
	 * @param call the call, whose request has not been written yet
	 */
	void begin(Call call) {
		this.exchange = new Exchange(call);
	}

	/**
	 * Says that a byte came, before it is read as HTTP.
	 */
	private void onBytes() {
		if (this.exchange != null) {
			this.exchange.call.answered();
		}
	}

	/**
	 * Returns what has to stand before the HTTP codec: it tells a node that has not
	 * answered from one that broke off while it did.
	 */
	ChannelHandler beforeCodec() {
		return new ChannelInboundHandlerAdapter() {

			@Override
			public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
				onBytes();
				super.channelRead(context, message);
			}

		};
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
		Exchange exchange = this.exchange;
		if (exchange == null) {
			super.write(context, message, promise);
			return;
		}
		if (message instanceof HttpRequest) {
			exchange.requestStarted = true;
			if (exchange.call.kind() != CallKind.SILENT_STREAM) {
				exchange.timed = true;
				checkWithin(context, exchange.timeout);
			}
		}
		if (message instanceof LastHttpContent) {
			exchange.requestComplete = true;
		}
		exchange.progress();
		exchange.pendingWrites++;
		context.write(message, promise.unvoid()).addListener((Future<? super Void> write) -> {
			exchange.pendingWrites--;
			exchange.progress();
		});
	}

	@Override
	public void read(ChannelHandlerContext context) throws Exception {
		if (this.exchange != null && !this.exchange.readPending) {
			this.exchange.readPending = true;
			this.exchange.progress();
		}
		super.read(context);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
		Exchange exchange = this.exchange;
		if (exchange == null || !(message instanceof HttpObject)) {
			super.channelRead(context, message);
			return;
		}
		if (message instanceof HttpResponse response) {
			if (response.decoderResult().isFailure()) {
				ReferenceCountUtil.release(message);
				onUnreadable(exchange.call, response.decoderResult().cause());
				giveUp(context, exchange);
				return;
			}
			onResponse(exchange, response);
		}
		if (exchange.call.isReplyStarted()) {
			// interim responses, of which there may be any number, are no progress
			exchange.readPending = false;
			exchange.progress();
		}
		if (message instanceof HttpContent content) {
			exchange.received += content.content().readableBytes();
			if (exchange.isTooLong()) {
				ReferenceCountUtil.release(message);
				exchange.call.fail(wrongLength(exchange));
				giveUp(context, exchange);
				return;
			}
		}
		if (message instanceof LastHttpContent last && exchange.call.isReplyStarted()) {
			end();
			onEnd(exchange, last);
			if (exchange.call.failure() != null) {
				// before the end is passed on, with which the pool has the connection
				// back
				context.close();
			}
		}
		super.channelRead(context, message);
	}

	private static void onUnreadable(Call call, Throwable cause) {
		if (cause instanceof PrematureChannelClosureException) {
			call.failWithLostConnection(cause);
		}
		else {
			call.fail(new NodeUnreachableException(call.address(),
					new IllegalStateException("what answers there does not speak HTTP", cause)));
		}
	}

	private void onResponse(Exchange exchange, HttpResponse response) {
		if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
			return;
		}
		exchange.call.replyStarted();
		exchange.replyTime = System.nanoTime();
		boolean success = response.status().codeClass() == HttpStatusClass.SUCCESS;
		exchange.endIsMarked = !success || HttpUtil.isTransferEncodingChunked(response)
				|| HttpUtil.isContentLengthSet(response);
		exchange.replyBounded = !success || exchange.call.isReplyShort();
		if (success && exchange.call.kind().isEndless()) {
			exchange.timed = false;
		}
		if (success && exchange.call.command().equals("cat")) {
			exchange.expected = length(response.headers().get(CONTENT_LENGTH));
		}
	}

	private static long length(@Nullable String header) {
		try {
			return (header != null) ? Long.parseLong(header) : -1;
		}
		catch (NumberFormatException ex) {
			return -1;
		}
	}

	private void onEnd(Exchange exchange, LastHttpContent last) {
		exchange.call.replyComplete();
		String command = exchange.call.command();
		String error = last.trailingHeaders().get(STREAM_ERROR);
		if (error != null) {
			exchange.call.fail(new StreamFailedException(command, new RpcError(error, null, null)));
		}
		else if (!exchange.endIsMarked) {
			exchange.call.fail(new IncompleteReplyException(command,
					"it has neither a length nor chunks, so that its end cannot be told from a broken connection",
					null));
		}
		else if (exchange.expected >= 0 && exchange.received != exchange.expected) {
			exchange.call.fail(wrongLength(exchange));
		}
	}

	private static IncompleteReplyException wrongLength(Exchange exchange) {
		return new IncompleteReplyException(exchange.call.command(),
				"it has %d bytes in place of %d".formatted(exchange.received, exchange.expected), null);
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) throws Exception {
		Exchange exchange = end();
		// before the request is written, the client may still try another connection
		if (exchange != null && exchange.requestStarted) {
			exchange.call.failWithLostConnection(null);
			giveUp(context, exchange);
		}
		super.channelInactive(context);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
		Exchange exchange = this.exchange;
		if (exchange == null || !exchange.requestStarted) {
			super.exceptionCaught(context, cause);
			return;
		}
		exchange.call.failWithLostConnection(cause);
		giveUp(context, exchange);
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		end();
		if (this.timer != null) {
			this.timer.cancel(false);
			this.timer = null;
		}
	}

	private @Nullable Exchange end() {
		Exchange exchange = this.exchange;
		this.exchange = null;
		return exchange;
	}

	/**
	 * Sees to it that the exchange is looked at, not later than after some time.
	 */
	private void checkWithin(ChannelHandlerContext context, long nanos) {
		long time = System.nanoTime() + nanos;
		if (this.timer != null) {
			if (this.timerTime - time <= 0) {
				return;
			}
			this.timer.cancel(false);
		}
		this.timerTime = time;
		this.timer = context.executor().schedule(() -> check(context), nanos, TimeUnit.NANOSECONDS);
	}

	private void check(ChannelHandlerContext context) {
		this.timer = null;
		Exchange exchange = this.exchange;
		if (exchange == null || !exchange.timed) {
			return;
		}
		long now = System.nanoTime();
		long untilSilent = exchange.untilSilent(now);
		long untilLate = exchange.untilLate(now);
		if (untilSilent > 0 && untilLate > 0) {
			checkWithin(context, Math.min(untilSilent, untilLate));
			return;
		}
		if (untilLate <= 0) {
			exchange.call.failWithLateReply();
		}
		else {
			exchange.call.failWithTimeout();
		}
		giveUp(context, exchange);
	}

	/**
	 * Closes the connection of a call that has failed. Once its reply has begun, the
	 * close ends the body after all that was received. Before that, Reactor Netty would
	 * only log the close, as the caller has the failure already; a cancelled operation is
	 * not logged.
	 */
	private static void giveUp(ChannelHandlerContext context, Exchange exchange) {
		ChannelOperations<?, ?> operations = ChannelOperations.get(context.channel());
		if (!exchange.call.isReplyStarted() && operations != null) {
			operations.dispose();
		}
		context.close();
	}

	/**
	 * How far one call has come.
	 */
	private static final class Exchange {

		private final Call call;

		private final long timeout;

		/** Whether the node is waited for with a time-out. */
		private boolean timed;

		private boolean requestStarted;

		private boolean requestComplete;

		private int pendingWrites;

		private boolean readPending;

		private boolean endIsMarked;

		/** Whether the reply has to be complete within the time-out of its beginning. */
		private boolean replyBounded;

		private long replyTime;

		private long received;

		private long expected = -1;

		private long lastProgress = System.nanoTime();

		private Exchange(Call call) {
			this.call = call;
			this.timeout = call.timeout().toNanos();
		}

		private boolean isTooLong() {
			return this.expected >= 0 && this.received > this.expected;
		}

		private void progress() {
			this.lastProgress = System.nanoTime();
		}

		/**
		 * Tells whether it is the node that has to go on. It is not while the consumer of
		 * the reply has not asked for more, or the source of the request has nothing to
		 * send.
		 */
		private boolean isWaitingForNode() {
			return this.pendingWrites > 0 || (this.requestComplete && this.readPending);
		}

		/**
		 * Returns how long the node may still be silent.
		 */
		private long untilSilent(long now) {
			return isWaitingForNode() ? this.timeout - (now - this.lastProgress) : this.timeout;
		}

		/**
		 * Returns how long the reply may still take.
		 */
		private long untilLate(long now) {
			return this.replyBounded ? this.timeout - (now - this.replyTime) : this.timeout;
		}

	}

}

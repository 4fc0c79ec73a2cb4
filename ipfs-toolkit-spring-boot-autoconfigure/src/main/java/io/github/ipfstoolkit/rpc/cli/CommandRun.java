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

package io.github.ipfstoolkit.rpc.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.IpfsTimeoutException;
import io.github.ipfstoolkit.rpc.IncompleteReplyException;
import io.github.ipfstoolkit.rpc.RpcError;
import io.github.ipfstoolkit.rpc.RpcException;
import io.github.ipfstoolkit.rpc.UnknownCommandException;
import io.github.ipfstoolkit.rpc.Upload;
import io.github.ipfstoolkit.rpc.client.CallKind;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.reactive.AbstractClientHttpResponse;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.util.CollectionUtils;
import org.springframework.util.LinkedMultiValueMap;

/**
 * One command: from its preparation until its process has ended and all that was made for
 * it is removed, in whatever way that comes.
 */
final class CommandRun {

	private static final Log logger = LogFactory.getLog(KuboCliClient.class);

	/** Long enough for a process that is killed to end. */
	private static final Duration STUCK = Duration.ofSeconds(5);

	private static final String USAGE = "USAGE\n  ipfs ";

	private final CliConnector connector;

	private final Invocation call;

	private final @Nullable Upload upload;

	private final CallKind kind;

	private final Duration timeout;

	private final Workspace workspace = new Workspace();

	private final Map<String, AtomicLong> sent = new ConcurrentHashMap<>();

	private final AtomicBoolean answered = new AtomicBoolean();

	private final Sinks.Empty<Void> failed = Sinks.empty();

	private final Disposable.Composite tasks = Disposables.composite();

	private final CountDownLatch end = new CountDownLatch(1);

	private volatile @Nullable IpfsException failure;

	private volatile @Nullable MonoSink<ClientHttpResponse> sink;

	private volatile boolean cancelled;

	private volatile boolean inputRefused;

	/**
	 * Whether somebody has asked for the reply's body, with whose end the process ends.
	 */
	private volatile boolean bodyWanted;

	private final Object lock = new Object();

	// guarded by the lock

	private boolean beginning = true;

	private boolean ended;

	private @Nullable CommandProcess process;

	private @Nullable Runnable permit;

	CommandRun(CliConnector connector, Invocation call, @Nullable String query, @Nullable Upload upload) {
		this.connector = connector;
		this.call = call;
		this.upload = upload;
		this.kind = CallKind.of(call.command(), query);
		this.timeout = this.kind.timeout(connector.timeouts());
	}

	/**
	 * Runs the command.
	 * @return the reply, as soon as it begins
	 */
	Mono<ClientHttpResponse> start() {
		return Mono.create((sink) -> {
			this.sink = sink;
			sink.onCancel(() -> {
				this.cancelled = true;
				end();
			});
			this.tasks.add(this.connector.scheduler().schedule(this::begin));
		});
	}

	private void begin() {
		try {
			ClientHttpResponse reply = reply();
			if (this.answered.compareAndSet(false, true)) {
				sink().success(reply);
			}
			begun();
		}
		catch (Throwable ex) {
			// an error too must reach the caller, who would wait for ever
			begun();
			end();
			answerWith(translate(ex));
		}
	}

	private MonoSink<ClientHttpResponse> sink() {
		MonoSink<ClientHttpResponse> sink = this.sink;
		if (sink == null) {
			throw new IllegalStateException("Not started");
		}
		return sink;
	}

	private void answerWith(Throwable failure) {
		// nobody is left to be told of the failure of a command that was cancelled
		if (this.answered.compareAndSet(false, true) && !this.cancelled) {
			sink().error(failure);
		}
	}

	private Throwable translate(Throwable ex) {
		IpfsException failure = this.failure;
		if (failure != null) {
			return failure;
		}
		if (ex instanceof IpfsException || ex instanceof Error) {
			return ex;
		}
		return new RpcException("Running '%s' failed: %s".formatted(this.call.command(), ex.getMessage()),
				this.call.command(), 0, null, ex);
	}

	private ClientHttpResponse reply() throws IOException, InterruptedException {
		String command = this.call.command();
		CommandTree tree = this.connector.tree();
		if (!tree.contains(command)) {
			throw new UnknownCommandException(command, 404,
					new RpcError("the ipfs executable has no such command", null, null));
		}
		Node node = this.connector.node();
		Failures.check(command, node);
		Form form = Forms.of(command);
		Input input = (this.upload != null) ? Input.of(this.upload, this.call, this.workspace, this.sent) : Input.NONE;
		Invocation prepared = input.addTo(form.prepare(this.call, this.workspace));
		Subscription subscription = null;
		if (command.equals("pubsub/sub")) {
			prepared = Subscription.mark(prepared);
			subscription = new Subscription(this.connector, node, prepared);
		}
		List<String> commandLine = prepared.toCommandLine(this.connector.executable(), node.options());
		if (!node.running() || this.kind != CallKind.SILENT_STREAM) {
			hold(this.connector.admit(node, command));
		}
		Duration timeout = (this.kind != CallKind.SILENT_STREAM) ? this.timeout : null;
		CommandProcess process = hold(CommandProcess.start(commandLine, node.environment(), timeout,
				this::failWithTimeout, this.connector.scheduler()));
		give(input, process);
		if (subscription != null && isSubscribed(subscription, process)) {
			beginEndless(process);
			return response(form, prepared, input, output(process), exit(process));
		}
		DataBuffer first = process.read();
		throwFailure();
		if (this.kind.isEndless() && node.running()) {
			beginEndless(process);
		}
		if (first == null || isUsage(first, tree)) {
			Exit exit = end(process);
			if (exit.isFailure() && !form.tellsFailures(exit)) {
				throw Failures.of(command, node, exit);
			}
			return response(form, prepared, input, Flux.empty(), Mono.just(exit));
		}
		process.pushBack(first);
		return response(form, prepared, input, output(process), exit(process));
	}

	/**
	 * A group of commands is answered with nothing, as over HTTP.
	 */
	private boolean isUsage(DataBuffer output, CommandTree tree) {
		return tree.isGroup(this.call.command()) && output.toString(StandardCharsets.UTF_8).startsWith(USAGE);
	}

	private ClientHttpResponse response(Form form, Invocation prepared, Input input, Flux<DataBuffer> output,
			Mono<Exit> exit) {
		HttpHeaders headers = new HttpHeaders();
		headers.setContentType(form.contentType());
		Flux<DataBuffer> body = Flux.defer(() -> {
			this.bodyWanted = true;
			return form.reply(new Printed(this.call, prepared, input, this.sent, output, exit));
		})
			.takeUntilOther(this.failed.asMono())
			// before the caller knows, who may look for what is left
			.doOnTerminate(this::end)
			.doOnCancel(this::end);
		return new AbstractClientHttpResponse(HttpStatus.OK, headers,
				CollectionUtils.unmodifiableMultiValueMap(new LinkedMultiValueMap<>()), body) {
		};
	}

	private Flux<DataBuffer> output(CommandProcess process) {
		return Flux.<DataBuffer>generate((sink) -> {
			DataBuffer next = null;
			try {
				next = process.read();
			}
			catch (IOException ex) {
				fail(new IncompleteReplyException(this.call.command(), String.valueOf(ex.getMessage()), ex));
			}
			// what a process says that is being killed is no part of the reply
			IpfsException failure = this.failure;
			if (failure != null) {
				sink.error(failure);
			}
			else if (next != null) {
				sink.next(next);
			}
			else {
				sink.complete();
			}
		}).subscribeOn(this.connector.scheduler());
	}

	private Mono<Exit> exit(CommandProcess process) {
		return Mono.fromCallable(() -> end(process)).subscribeOn(this.connector.scheduler());
	}

	private Exit end(CommandProcess process) {
		try {
			Exit exit = process.await();
			throwFailure();
			if (!exit.isFailure() && (this.inputRefused || !process.isInputClosed())) {
				throw new IncompleteReplyException(this.call.command(),
						"the executable ended before it had taken all that was sent", null);
			}
			return exit;
		}
		catch (InterruptedException ex) {
			// nobody waits any more
			return new Exit(-1, "Error: interrupted");
		}
	}

	private void give(Input input, CommandProcess process) {
		Flux<DataBuffer> content = input.content();
		if (content == null) {
			process.closeInput();
			return;
		}
		// a thread that may block writes it, and asks for no more than it writes
		this.tasks.add(content.publishOn(this.connector.scheduler(), 1).takeWhile((buffer) -> {
			try {
				process.write(buffer);
				return true;
			}
			catch (IOException ex) {
				this.inputRefused = true;
				return false;
			}
			finally {
				DataBufferUtils.release(buffer);
			}
		}).subscribe((buffer) -> {
		}, (ex) -> fail(failureOfSource(ex)), process::closeInput));
	}

	private IpfsException failureOfSource(Throwable ex) {
		return (ex instanceof IpfsException known) ? known
				: new RpcException("Sending '%s' failed: %s".formatted(this.call.command(), ex.getMessage()),
						this.call.command(), 0, null, ex);
	}

	/**
	 * Waits until messages can arrive, or the executable ends.
	 */
	private boolean isSubscribed(Subscription subscription, CommandProcess process)
			throws IOException, InterruptedException {
		long end = System.nanoTime() + this.timeout.toNanos();
		while (process.isAliveAfter(Subscription.PAUSE)) {
			if (subscription.isMade()) {
				return true;
			}
			if (System.nanoTime() - end > 0) {
				failWithTimeout();
			}
			throwFailure();
		}
		return false;
	}

	/**
	 * What has no end neither has to say something from time to time, nor counts as one
	 * of the processes that may be run at once.
	 */
	private void beginEndless(CommandProcess process) {
		process.stopWatching();
		giveBackPermit();
	}

	private void failWithTimeout() {
		fail(new IpfsTimeoutException(
				"Waiting for the ipfs executable in '%s' (%s)".formatted(this.call.command(), this.kind.property()),
				this.timeout, null));
	}

	/**
	 * Makes the command fail, unless it has failed already. A reply that has begun fails
	 * when the process has ended; only where a grandchild keeps the output open, that is
	 * not waited for.
	 */
	void fail(IpfsException failure) {
		if (this.failure != null) {
			return;
		}
		this.failure = failure;
		this.connector.scheduler().schedule(() -> {
			if (this.answered.compareAndSet(false, true)) {
				sink().error(failure);
				end();
				return;
			}
			CommandProcess process = this.process;
			if (process != null) {
				process.kill();
			}
			if (!this.bodyWanted) {
				end();
			}
			Schedulers.parallel()
				.schedule(() -> this.failed.tryEmitError(failure), STUCK.toMillis(), TimeUnit.MILLISECONDS);
		});
	}

	private void throwFailure() {
		IpfsException failure = this.failure;
		if (failure != null) {
			throw failure;
		}
	}

	private void hold(Runnable permit) throws InterruptedException {
		synchronized (this.lock) {
			this.permit = permit;
			throwIfEnded();
		}
	}

	private void giveBackPermit() {
		Runnable permit;
		synchronized (this.lock) {
			permit = this.permit;
			this.permit = null;
		}
		if (permit != null) {
			permit.run();
		}
	}

	private CommandProcess hold(CommandProcess process) throws InterruptedException {
		synchronized (this.lock) {
			this.process = process;
			if (this.ended) {
				process.kill();
			}
			throwIfEnded();
			return process;
		}
	}

	private void throwIfEnded() throws InterruptedException {
		if (this.ended) {
			throw new InterruptedException("cancelled");
		}
	}

	private void begun() {
		synchronized (this.lock) {
			this.beginning = false;
			if (!this.ended) {
				return;
			}
		}
		release();
	}

	/**
	 * Ends the process, if it has not ended, and removes all that was made for it.
	 */
	void end() {
		CommandProcess process;
		synchronized (this.lock) {
			if (this.ended) {
				return;
			}
			this.ended = true;
			process = this.process;
			if (process != null) {
				process.kill();
			}
			this.tasks.dispose();
			if (this.beginning) {
				return;
			}
		}
		release();
	}

	private void release() {
		CommandProcess process = this.process;
		if (process != null && process.isAlive()) {
			this.connector.scheduler().schedule(() -> releaseAfter(process));
		}
		else {
			releaseAfter(process);
		}
	}

	private void releaseAfter(@Nullable CommandProcess process) {
		try {
			if (process != null) {
				process.close();
			}
			this.workspace.delete();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (UncheckedIOException ex) {
			logger.warn(ex.getMessage());
		}
		finally {
			giveBackPermit();
			this.connector.ended(this);
			this.end.countDown();
		}
	}

	void awaitEnd(long nanos) {
		try {
			this.end.await(nanos, TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}

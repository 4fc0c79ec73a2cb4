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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.github.ipfstoolkit.IpfsTimeoutException;
import io.github.ipfstoolkit.rpc.P2pApi;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Keeps something mounted on the node from {@link #take()} until {@link #close()}: mounts
 * it anew whenever the node has dropped it, which it does when it restarts.
 */
final class Lease implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(Lease.class);

	private static final Duration FIRST_DELAY = Duration.ofMillis(100);

	private static final Duration MAX_DELAY = Duration.ofSeconds(1);

	/**
	 * How long a mount may be lost before that is reported.
	 */
	private static final Duration REPORT_AFTER = Duration.ofSeconds(10);

	private final P2pApi p2p;

	private final Supplier<Flux<P2pApi.Mounted>> holding;

	private final Runnable onLoss;

	private final Duration timeout;

	private final CompletableFuture<Void> taken = new CompletableFuture<>();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private volatile @Nullable Mounting mounting;

	private volatile boolean active;

	private volatile boolean lossReported;

	private volatile long lostAt;

	private volatile @Nullable Disposable subscription;

	/**
	 * Creates a lease that is not taken yet.
	 * @param p2p the node
	 * @param mountings what to mount, asked anew each time, as a port may have been taken
	 * by others meanwhile
	 * @param attempts how many mountings to try when their address is in use
	 * @param timeout how long the node may take
	 * @param onLoss runs when the node has dropped the mount
	 */
	Lease(P2pApi p2p, Supplier<? extends Mounting> mountings, int attempts, Duration timeout, Runnable onLoss) {
		this.p2p = p2p;
		this.timeout = timeout;
		this.onLoss = onLoss;
		this.holding = () -> Flux.defer(() -> hold(mountings.get()))
			.retryWhen(Retry.max(attempts - 1L)
				.filter(KuboErrors::isAddressInUse)
				.onRetryExhaustedThrow((spec, signal) -> signal.failure()));
	}

	/**
	 * Mounts for the first time, and returns once it is.
	 * @throws io.github.ipfstoolkit.IpfsException if the node refuses or does not answer
	 */
	void take() {
		this.subscription = Flux.defer(this.holding)
			.concatWith(Mono.error(LostException::new))
			.doOnError((ex) -> lost())
			.doOnNext((mounted) -> gained())
			.retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_DELAY)
				.maxBackoff(MAX_DELAY)
				.transientErrors(true)
				.filter((ex) -> this.taken.isDone())
				.doBeforeRetry((signal) -> logRetry(signal.failure())))
			.subscribe((mounted) -> {
			}, this.taken::completeExceptionally);
		try {
			this.taken.orTimeout(this.timeout.toMillis(), TimeUnit.MILLISECONDS).join();
		}
		catch (CompletionException ex) {
			close();
			if (ex.getCause() instanceof RuntimeException cause && !(cause instanceof CompletionException)) {
				throw cause;
			}
			throw new IpfsTimeoutException("Mounting a p2p stream", this.timeout, ex.getCause());
		}
	}

	private Flux<P2pApi.Mounted> hold(Mounting mounting) {
		this.mounting = mounting;
		return mounting.mount().filter(P2pApi.Mounted::isActive);
	}

	private void gained() {
		if (this.lossReported) {
			logger.info("Mounted %s anew".formatted(this.mounting));
			this.lossReported = false;
		}
		setActive(true);
		this.taken.complete(null);
	}

	private void lost() {
		if (this.active) {
			this.lostAt = System.nanoTime();
			setActive(false);
			this.onLoss.run();
		}
	}

	private void setActive(boolean active) {
		this.lock.lock();
		try {
			this.active = active;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A node that is only restarted is not worth a word for each of its listeners.
	 */
	private void logRetry(Throwable failure) {
		if (!this.lossReported && System.nanoTime() - this.lostAt > REPORT_AFTER.toNanos()) {
			this.lossReported = true;
			logger.warn("The node has dropped %s and could not mount it anew for %d s, will go on trying: %s"
				.formatted(this.mounting, REPORT_AFTER.toSeconds(), failure.getMessage()));
		}
		else if (logger.isDebugEnabled()) {
			logger.debug("Could not mount %s, will try again: %s".formatted(this.mounting, failure));
		}
	}

	/**
	 * Returns whether it is mounted now.
	 */
	boolean isActive() {
		return this.active;
	}

	/**
	 * Returns what is mounted, or was last.
	 */
	Mounting mounting() {
		Mounting current = this.mounting;
		if (current == null) {
			throw new IllegalStateException("The lease was never taken");
		}
		return current;
	}

	/**
	 * Waits for a change between mounted and not mounted, or for the time to pass.
	 */
	void awaitChange(Duration time) throws InterruptedException {
		this.lock.lock();
		try {
			this.changed.awaitNanos(time.toNanos());
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Lets the node drop the mount, without waiting for it.
	 */
	void release() {
		Disposable current = this.subscription;
		if (current != null) {
			current.dispose();
		}
		setActive(false);
	}

	/**
	 * Lets the node drop the mount, and returns when it has: its name is free again then.
	 */
	@Override
	public void close() {
		release();
		Mounting last = this.mounting;
		if (last == null || this.taken.isCompletedExceptionally() || !this.taken.isDone()) {
			// what bears the name or address is another's
			return;
		}
		try {
			Mounting.isMounted(this.p2p, last)
				.filter((mounted) -> !mounted)
				.repeatWhenEmpty((repeats) -> repeats.delayElements(Duration.ofMillis(10))
					.take(100)
					.concatWith(Mono
						.error(() -> new IpfsTimeoutException("Unmounting " + last, Duration.ofSeconds(1), null))))
				.onErrorResume(IpfsTimeoutException.class, (ex) -> last.unmount().thenReturn(true))
				.timeout(this.timeout)
				.block();
		}
		catch (RuntimeException ex) {
			// a node that is gone has dropped everything
			logger.debug("Could not wait until %s was unmounted".formatted(last), ex);
		}
	}

	/**
	 * Signals that the node has ended the mount without an error.
	 */
	private static final class LostException extends RuntimeException {

		LostException() {
			super("The node has dropped the mount", null, false, false);
		}

	}

}

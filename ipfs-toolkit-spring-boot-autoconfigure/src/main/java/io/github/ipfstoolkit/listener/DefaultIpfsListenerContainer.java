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

package io.github.ipfstoolkit.listener;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.github.ipfstoolkit.transmission.TransmissionException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.messaging.Message;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.util.backoff.BackOffExecution;

/**
 * Default {@link IpfsListenerContainer}. One lock makes starting and stopping exclude
 * each other; events are published without it.
 */
final class DefaultIpfsListenerContainer implements IpfsListenerContainer {

	private static final Log logger = LogFactory.getLog(DefaultIpfsListenerContainer.class);

	private final IpfsListenerEndpoint endpoint;

	private final IpfsListenerOptions options;

	private final IpfsListenerSource source;

	private final ApplicationEventPublisher eventPublisher;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition stopped = this.lock.newCondition();

	private final ThreadLocal<Boolean> handling = new ThreadLocal<>();

	private volatile State state = State.STOPPED;

	private volatile IpfsListenerSource.@Nullable Reception reception;

	/**
	 * Tells a start from a later one, for the attempts in the background.
	 */
	private int generation;

	DefaultIpfsListenerContainer(IpfsListenerEndpoint endpoint, IpfsListenerOptions options, IpfsListenerSource source,
			ApplicationEventPublisher eventPublisher) {
		this.endpoint = endpoint;
		this.options = options;
		this.source = source;
		this.eventPublisher = eventPublisher;
	}

	@Override
	public IpfsListenerEndpoint getEndpoint() {
		return this.endpoint;
	}

	@Override
	public IpfsListenerOptions getOptions() {
		return this.options;
	}

	@Override
	public boolean isRunning() {
		return this.state != State.STOPPED;
	}

	@Override
	public boolean isActive() {
		IpfsListenerSource.Reception reception = this.reception;
		return this.state == State.STARTED && reception != null && reception.isActive();
	}

	@Override
	public void awaitActive(Duration timeout) {
		ActiveListeners.await(List.of(this), timeout);
	}

	@Override
	public void start() {
		int generation;
		this.lock.lock();
		try {
			if (this.state != State.STOPPED) {
				return;
			}
			this.state = State.STARTING;
			generation = ++this.generation;
		}
		finally {
			this.lock.unlock();
		}
		this.eventPublisher.publishEvent(new IpfsListenerStartingEvent(this));
		Throwable failure = open(generation);
		if (failure != null) {
			startFailed(generation, failure);
		}
	}

	/**
	 * Starts to receive, unless this was stopped meanwhile.
	 * @return what went wrong, if anything
	 */
	private @Nullable Throwable open(int generation) {
		this.lock.lock();
		try {
			if (this.generation != generation) {
				return null;
			}
			this.reception = this.source.open(this.endpoint, this.options, this::handle);
			this.state = State.STARTED;
		}
		catch (Throwable ex) {
			return ex;
		}
		finally {
			this.lock.unlock();
		}
		this.eventPublisher.publishEvent(new IpfsListenerStartedEvent(this));
		return null;
	}

	private void startFailed(int generation, Throwable failure) {
		switch (this.options.startupFailurePolicy()) {
			case STOP -> {
				giveUp(generation, failure);
				throw rethrow(failure);
			}
			case CONTINUE -> {
				logger.error("Listener '%s' could not be started, the application goes on without it"
					.formatted(this.endpoint.id()), failure);
				giveUp(generation, failure);
			}
			case RETRY -> retryLater(generation, failure);
		}
	}

	private void giveUp(int generation, Throwable failure) {
		this.lock.lock();
		try {
			if (this.generation == generation) {
				this.state = State.STOPPED;
			}
		}
		finally {
			this.lock.unlock();
		}
		this.eventPublisher.publishEvent(new IpfsListenerFailedToStartEvent(this, failure, false));
	}

	private void retryLater(int generation, Throwable failure) {
		BackOffExecution backOff = this.options.startupBackOff().start();
		startThread("start", () -> {
			@Nullable Throwable last = failure;
			while (last != null && awaitNextAttempt(generation, backOff, last)) {
				last = open(generation);
			}
		});
	}

	private boolean awaitNextAttempt(int generation, BackOffExecution backOff, Throwable failure) {
		long millis = backOff.nextBackOff();
		if (millis == BackOffExecution.STOP) {
			logger.error(
					"Listener '%s' could not be started, and will not be tried again".formatted(this.endpoint.id()),
					failure);
			giveUp(generation, failure);
			return false;
		}
		logger.warn("Listener '%s' could not be started, will be tried again in %d ms: %s".formatted(this.endpoint.id(),
				millis, failure));
		this.eventPublisher.publishEvent(new IpfsListenerFailedToStartEvent(this, failure, true));
		this.lock.lock();
		try {
			long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
			while (this.generation == generation && nanos > 0) {
				nanos = this.stopped.awaitNanos(nanos);
			}
			return this.generation == generation;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void stop() {
		if (this.handling.get() != null) {
			// to wait for the message that is being handled would be to wait for itself
			startThread("stop", this::doStop);
		}
		else {
			doStop();
		}
	}

	private void doStop() {
		this.lock.lock();
		try {
			if (this.state == State.STOPPED) {
				return;
			}
			this.generation++;
			this.stopped.signalAll();
			try {
				drainReception();
			}
			finally {
				closeReception();
				this.state = State.STOPPED;
			}
		}
		finally {
			this.lock.unlock();
		}
		this.eventPublisher.publishEvent(new IpfsListenerStoppedEvent(this));
	}

	private void drainReception() {
		IpfsListenerSource.Reception reception = this.reception;
		if (reception != null && !reception.drain(this.options.shutdownTimeout())) {
			logger.warn("Listener '%s' was still handling messages after %s ms, their senders get no acknowledgement"
				.formatted(this.endpoint.id(), this.options.shutdownTimeout().toMillis()));
		}
	}

	private void closeReception() {
		IpfsListenerSource.Reception reception = this.reception;
		this.reception = null;
		if (reception != null) {
			reception.close();
		}
	}

	private void handle(Message<?> message) {
		this.handling.set(Boolean.TRUE);
		try {
			this.endpoint.listener().onMessage(message);
		}
		catch (Throwable ex) {
			handleFailure(message, unwrap(ex));
		}
		finally {
			this.handling.remove();
		}
	}

	private void handleFailure(Message<?> message, Throwable cause) {
		if (cause instanceof InterruptedException) {
			Thread.currentThread().interrupt();
		}
		Object sender = Objects.requireNonNullElse(message.getHeaders().get(IpfsHeaders.SENDER), "an unknown peer");
		ListenerExecutionFailedException failure = new ListenerExecutionFailedException(this.endpoint.id(), sender,
				cause);
		try {
			this.options.errorHandler().handle(message, failure);
		}
		catch (Throwable ex) {
			throw notAccepted(sender, failure, ex);
		}
	}

	private ListenerExecutionFailedException notAccepted(Object sender, ListenerExecutionFailedException failure,
			Throwable thrown) {
		ListenerExecutionFailedException result = failure;
		if (thrown != failure && thrown != failure.getCause()) {
			result = new ListenerExecutionFailedException(this.endpoint.id(), sender, unwrap(thrown));
			result.addSuppressed(failure);
		}
		// what a peer can cause at will says all in its message
		boolean sendersFault = result.getCause() instanceof MessageConversionException
				|| result.getCause() instanceof TransmissionException;
		logger.error(result.getMessage(), sendersFault ? null : result.getCause());
		return result;
	}

	private static Throwable unwrap(Throwable thrown) {
		Throwable result = thrown;
		while ((result instanceof InvocationTargetException || result instanceof UndeclaredThrowableException)
				&& result.getCause() != null) {
			result = result.getCause();
		}
		return result;
	}

	private static RuntimeException rethrow(Throwable failure) {
		if (failure instanceof Error error) {
			throw error;
		}
		return (RuntimeException) failure;
	}

	private void startThread(String purpose, Runnable task) {
		Thread thread = new Thread(task, "ipfs-listener-%s-%s".formatted(this.endpoint.id(), purpose));
		thread.setDaemon(true);
		thread.start();
	}

	private enum State {

		STOPPED, STARTING, STARTED

	}

}

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
package io.github.ipfstoolkit.transmission.conversation;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.transmission.ConnectionLostException;
import io.github.ipfstoolkit.transmission.ListenerNotFoundException;
import io.github.ipfstoolkit.transmission.PeerNotFoundException;
import io.github.ipfstoolkit.transmission.ReceiverOptions;
import io.github.ipfstoolkit.transmission.RefusalReason;
import io.github.ipfstoolkit.transmission.SendLimits;
import io.github.ipfstoolkit.transmission.Transmission;
import io.github.ipfstoolkit.transmission.TransmissionReceiver;
import io.github.ipfstoolkit.transmission.TransmissionReceivers;
import io.github.ipfstoolkit.transmission.TransmissionTemplate;
import io.github.ipfstoolkit.transmission.TransmissionTimeoutException;
import io.github.ipfstoolkit.transmission.conversation.ConversationEndedException.Reason;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * The Python toolkit's way: each end listens under a name of its own, and each message is
 * a transmission. Nothing tells the other end that the conversation has ended.
 */
final class ClassicLink implements Link {

	/**
	 * How long streams stay open on which something was acknowledged.
	 */
	private static final Duration LINGER = Duration.ofSeconds(2);

	private final PeerId peer;

	private final TransmissionTemplate transmissions;

	private final Inbox inbox;

	private final SendLimits limits;

	private final ReentrantLock sending = new ReentrantLock(true);

	private final ReentrantLock state = new ReentrantLock();

	private @Nullable TransmissionReceiver receiver;

	private @Nullable Supplier<? extends RuntimeException> end;

	private volatile @Nullable String othersName;

	ClassicLink(PeerId peer, TransmissionTemplate transmissions, Inbox inbox, ConversationOptions options) {
		this.peer = peer;
		this.transmissions = transmissions;
		this.inbox = inbox;
		Duration most = options.maxDuration();
		Deadline deadline = most.isZero() ? Deadline.never() : Deadline.in(most);
		this.limits = new SendLimits(options.timeout(), options.retries(), deadline::remaining);
	}

	/**
	 * Returns how long to wait, and how often to try, until something is said.
	 */
	SendLimits limits() {
		return this.limits;
	}

	/**
	 * Listens under a name, until this is closed.
	 */
	void listen(TransmissionReceivers receivers, String name, ReceiverOptions options) {
		this.receiver = receivers.open(name, options, this::hear);
	}

	private void hear(Transmission transmission) throws IOException, InterruptedException {
		byte[] message = transmission.bytes();
		if (!this.inbox.awaitRoom(message.length, DirectLink.WINDOW)) {
			throw new ConversationEndedException(this.peer, Reason.CLOSED);
		}
		this.inbox.add(message, true, 0);
	}

	/**
	 * Sets where messages go.
	 */
	void sendTo(String othersName) {
		this.othersName = othersName;
	}

	@Override
	public boolean isDirect() {
		return false;
	}

	@Override
	public boolean isOpen() {
		this.state.lock();
		try {
			return this.end == null;
		}
		finally {
			this.state.unlock();
		}
	}

	@Override
	public void send(byte[] bytes, int offset, int length) {
		String name = this.othersName;
		if (name == null) {
			throw new IllegalStateException("The other end has not joined");
		}
		try {
			this.sending.lockInterruptibly();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ConversationInterruptedException(this.peer, ex);
		}
		try {
			checkOpen();
			this.transmissions.send(this.peer, name, Arrays.copyOfRange(bytes, offset, offset + length), this.limits);
		}
		catch (ListenerNotFoundException | PeerNotFoundException | ConnectionLostException ex) {
			end(() -> new ConversationLostException(this.peer, ex));
			throw new ConversationLostException(this.peer, ex);
		}
		catch (TransmissionTimeoutException ex) {
			abort();
			throw ex;
		}
		finally {
			this.sending.unlock();
		}
	}

	private void checkOpen() {
		this.state.lock();
		try {
			if (this.end != null) {
				throw this.end.get();
			}
		}
		finally {
			this.state.unlock();
		}
	}

	/**
	 * Does nothing: {@link #send} has waited for it.
	 */
	@Override
	public void awaitReceived() {
		checkOpen();
	}

	@Override
	public void close(@Nullable RefusalReason failure, Supplier<? extends RuntimeException> reason) {
		end(reason);
	}

	@Override
	public void abort() {
		end(() -> new ConversationEndedException(this.peer, Reason.CLOSED));
	}

	private void end(Supplier<? extends RuntimeException> reason) {
		TransmissionReceiver ended;
		this.state.lock();
		try {
			if (this.end == null) {
				this.end = reason;
			}
			ended = this.receiver;
			this.receiver = null;
		}
		finally {
			this.state.unlock();
		}
		this.inbox.end(reason);
		if (ended != null) {
			// gives the name back; the streams wait for what they have acknowledged to
			// arrive
			ended.drain(Duration.ZERO);
			Schedulers.boundedElastic().schedule(ended::close, LINGER.toMillis(), TimeUnit.MILLISECONDS);
			String name = this.othersName;
			if (name != null) {
				this.transmissions.forget(this.peer, name);
			}
		}
	}

}

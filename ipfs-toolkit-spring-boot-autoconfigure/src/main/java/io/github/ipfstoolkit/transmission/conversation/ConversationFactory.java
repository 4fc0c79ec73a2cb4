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

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.transmission.AckMode;
import io.github.ipfstoolkit.transmission.Observers;
import io.github.ipfstoolkit.transmission.ReceiverOptions;
import io.github.ipfstoolkit.transmission.TransmissionReceivers;
import io.github.ipfstoolkit.transmission.TransmissionTemplate;
import io.github.ipfstoolkit.transmission.TransmissionTimeoutException;
import io.github.ipfstoolkit.transmission.UnreadableReplyException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes conversations, and shakes hands for those that go the classic way.
 */
final class ConversationFactory {

	/**
	 * How many streams the other end may have open to this one: one is used, others are
	 * about to end.
	 */
	private static final int MAX_CONNECTIONS = 16;

	private final TransmissionTemplate transmissions;

	private final TransmissionReceivers receivers;

	private final JsonMapper mapper;

	private final OpenConversations open;

	private final Observers<ConversationObserver> observers;

	ConversationFactory(TransmissionTemplate transmissions, TransmissionReceivers receivers, JsonMapper mapper,
			OpenConversations open, Observers<ConversationObserver> observers) {
		this.transmissions = transmissions;
		this.receivers = receivers;
		this.mapper = mapper;
		this.open = open;
		this.observers = observers;
	}

	/**
	 * Returns a name that nothing else has.
	 */
	static String newName(String listener) {
		return "%s.%016x".formatted(listener, ThreadLocalRandom.current().nextLong());
	}

	/**
	 * Makes a conversation of a link on which both ends have agreed.
	 * @param started whether it was started here
	 */
	DefaultConversation create(PeerId peer, String listener, String name, Handshake others, Link link, Inbox inbox,
			ConversationOptions options, Executor executor, boolean started) {
		DefaultConversation conversation = new DefaultConversation(peer, listener, name, others, link, inbox, options,
				this.mapper, executor, this.observers, started);
		this.open.add(conversation);
		conversation.observe();
		return conversation;
	}

	/**
	 * Starts a conversation.
	 * @return empty if the listener is one of this toolkit, which takes the direct way
	 */
	Optional<Conversation> start(PeerId peer, String listener, ConversationOptions options, Executor executor) {
		Deadline deadline = Deadline.in(options.timeout());
		String name = newName(listener);
		Inbox inbox = new Inbox(peer, options.maxMessageSize());
		ClassicLink link = new ClassicLink(peer, this.transmissions, inbox, options);
		try {
			link.listen(this.receivers, name, receiverOptions(peer, options, executor));
			byte[] start = new Handshake(name, options.salutation()).toStart();
			if (!this.transmissions.sendIfClassic(peer, listener, start, link.limits())) {
				link.abort();
				return Optional.empty();
			}
			Handshake join = Handshake.parseJoin(inbox.take(deadline.remaining()))
				.orElseThrow(() -> new UnreadableReplyException(
						"Listener '%s' of peer %s sent something else than that it joins".formatted(listener, peer),
						null));
			link.sendTo(join.name());
			return Optional.of(create(peer, listener, name, join, link, inbox, options, executor, true));
		}
		catch (ListenTimeoutException ex) {
			link.abort();
			throw new TransmissionTimeoutException(
					"Listener '%s' of peer %s did not join, as one that takes no conversations does not,"
						.formatted(listener, peer),
					options.timeout(), ex);
		}
		catch (RuntimeException | Error ex) {
			link.abort();
			throw ex;
		}
	}

	/**
	 * Joins a conversation.
	 */
	DefaultConversation join(PeerId peer, String listener, Handshake start, ConversationOptions options,
			Executor executor) {
		String name = newName(listener);
		Inbox inbox = new Inbox(peer, options.maxMessageSize());
		ClassicLink link = new ClassicLink(peer, this.transmissions, inbox, options);
		try {
			link.listen(this.receivers, name, receiverOptions(peer, options, executor));
			link.sendTo(start.name());
			// who starts without a salutation may not understand one
			byte[] salutation = (start.salutation().length > 0) ? options.salutation() : new byte[0];
			this.transmissions.send(peer, start.name(), new Handshake(name, salutation).toJoin(), link.limits());
			return create(peer, listener, name, start, link, inbox, options, executor, false);
		}
		catch (RuntimeException | Error ex) {
			link.abort();
			throw ex;
		}
	}

	/**
	 * Only the other end may send, one message after the other.
	 */
	private static ReceiverOptions receiverOptions(PeerId peer, ConversationOptions options, Executor executor) {
		return new ReceiverOptions(1, MAX_CONNECTIONS, options.maxMessageSize(), options.timeout(),
				options.timeout().multipliedBy(10), executor, (offer) -> offer.sender().equals(peer), 1,
				AckMode.HANDLED);
	}

}

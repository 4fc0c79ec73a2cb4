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

import java.time.Duration;

import io.github.ipfstoolkit.PeerId;
import reactor.core.publisher.Mono;

/**
 * Starts conversations with listeners of other peers, and sends requests that are
 * answered. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public interface ConversationOperations {

	/**
	 * Returns how conversations are held, if not said otherwise.
	 * @return the application's options, from which to make others
	 */
	ConversationOptions options();

	/**
	 * Starts a conversation, as the application is configured.
	 * @param to the name of a contact, or a peer ID
	 * @param listener the name of the peer's conversation listener
	 * @return the conversation, to be closed by the caller
	 * @throws io.github.ipfstoolkit.transmission.TransmissionException as
	 * {@link #startConversation(PeerId, String, ConversationOptions)}, and
	 * {@link io.github.ipfstoolkit.transmission.PeerUnknownException} if there is no
	 * contact of that name
	 */
	default Conversation startConversation(String to, String listener) {
		return startConversation(to, listener, options());
	}

	/**
	 * Starts a conversation.
	 * @param to the name of a contact, or a peer ID
	 * @param listener the name of the peer's conversation listener
	 * @param options how to converse
	 * @return the conversation, to be closed by the caller
	 * @throws io.github.ipfstoolkit.transmission.TransmissionException as
	 * {@link #startConversation(PeerId, String, ConversationOptions)}, and
	 * {@link io.github.ipfstoolkit.transmission.PeerUnknownException} if there is no
	 * contact of that name
	 */
	Conversation startConversation(String to, String listener, ConversationOptions options);

	/**
	 * Starts a conversation, as the application is configured.
	 * @param to the peer
	 * @param listener the name of the peer's conversation listener
	 * @return the conversation, to be closed by the caller
	 * @throws io.github.ipfstoolkit.transmission.TransmissionException as
	 * {@link #startConversation(PeerId, String, ConversationOptions)}
	 */
	default Conversation startConversation(PeerId to, String listener) {
		return startConversation(to, listener, options());
	}

	/**
	 * Starts a conversation, and waits until the other end has joined.
	 * @param to the peer
	 * @param listener the name of the peer's conversation listener
	 * @param options how to converse
	 * @return the conversation, to be closed by the caller
	 * @throws io.github.ipfstoolkit.transmission.PeerNotFoundException if the peer can
	 * not be reached
	 * @throws io.github.ipfstoolkit.transmission.ListenerNotFoundException if nothing
	 * there listens under that name
	 * @throws io.github.ipfstoolkit.transmission.TransmissionRefusedException if the
	 * listener refuses, and why
	 * @throws io.github.ipfstoolkit.transmission.TransmissionTimeoutException if it does
	 * not join in time, as one that takes messages but no conversations does not
	 * @throws io.github.ipfstoolkit.transmission.InvalidPeerException if the peer is this
	 * node itself
	 * @throws io.github.ipfstoolkit.transmission.TransmissionException if it fails
	 * otherwise
	 */
	Conversation startConversation(PeerId to, String listener, ConversationOptions options);

	/**
	 * Sends a request and waits for the answer, as the application is configured: a
	 * conversation with one message each way.
	 * @param <T> what is answered
	 * @param to the name of a contact, or a peer ID
	 * @param listener the name of a listener that answers: one whose method returns a
	 * value, or a conversation listener
	 * @param payload what to send: {@code byte[]}, text (as UTF-8), or an object that is
	 * written as JSON
	 * @param type what to make of the answer: {@code byte[]}, {@link String} (UTF-8), or
	 * any other type, read from JSON
	 * @param timeout how long it may take in all, from connecting to the peer to the
	 * answer
	 * @return the answer
	 * @throws io.github.ipfstoolkit.transmission.TransmissionException as
	 * {@link #sendAndReceive(PeerId, String, Object, Class, Duration, ConversationOptions)},
	 * and {@link io.github.ipfstoolkit.transmission.PeerUnknownException} if there is no
	 * contact of that name
	 */
	default <T> T sendAndReceive(String to, String listener, Object payload, Class<T> type, Duration timeout) {
		return sendAndReceive(to, listener, payload, type, timeout, options());
	}

	/**
	 * Sends a request and waits for the answer: a conversation with one message each way.
	 * @param <T> what is answered
	 * @param to the name of a contact, or a peer ID
	 * @param listener the name of a listener that answers: one whose method returns a
	 * value, or a conversation listener
	 * @param payload what to send: {@code byte[]}, text (as UTF-8), or an object that is
	 * written as JSON
	 * @param type what to make of the answer: {@code byte[]}, {@link String} (UTF-8), or
	 * any other type, read from JSON
	 * @param timeout how long it may take in all, from connecting to the peer to the
	 * answer
	 * @param options how to converse; their time-outs count where they are shorter
	 * @return the answer
	 * @throws io.github.ipfstoolkit.transmission.TransmissionException as
	 * {@link #sendAndReceive(PeerId, String, Object, Class, Duration, ConversationOptions)},
	 * and {@link io.github.ipfstoolkit.transmission.PeerUnknownException} if there is no
	 * contact of that name
	 */
	<T> T sendAndReceive(String to, String listener, Object payload, Class<T> type, Duration timeout,
			ConversationOptions options);

	/**
	 * Sends a request and waits for the answer, as the application is configured: a
	 * conversation with one message each way.
	 * @param <T> what is answered
	 * @param to the peer
	 * @param listener the name of a listener that answers: one whose method returns a
	 * value, or a conversation listener
	 * @param payload what to send: {@code byte[]}, text (as UTF-8), or an object that is
	 * written as JSON
	 * @param type what to make of the answer: {@code byte[]}, {@link String} (UTF-8), or
	 * any other type, read from JSON
	 * @param timeout how long it may take in all, from connecting to the peer to the
	 * answer
	 * @return the answer
	 * @throws io.github.ipfstoolkit.transmission.TransmissionException as
	 * {@link #sendAndReceive(PeerId, String, Object, Class, Duration, ConversationOptions)}
	 */
	default <T> T sendAndReceive(PeerId to, String listener, Object payload, Class<T> type, Duration timeout) {
		return sendAndReceive(to, listener, payload, type, timeout, options());
	}

	/**
	 * Sends a request and waits for the answer: a conversation with one message each way.
	 * It is sent once; only to a peer that speaks the classic protocol alone again where
	 * the connection breaks before its acknowledgement. Both that and starting the
	 * conversation is tried again as often as the options say, as long as there is time.
	 * @param <T> what is answered
	 * @param to the peer
	 * @param listener the name of a listener that answers: one whose method returns a
	 * value, or a conversation listener
	 * @param payload what to send: {@code byte[]}, text (as UTF-8), or an object that is
	 * written as JSON
	 * @param type what to make of the answer: {@code byte[]}, {@link String} (UTF-8), or
	 * any other type, read from JSON
	 * @param timeout how long it may take in all, from connecting to the peer to the
	 * answer
	 * @param options how to converse; their time-outs count where they are shorter
	 * @return the answer
	 * @throws ListenTimeoutException if the listener has joined, and no answer comes in
	 * time. The request may have been handled
	 * @throws io.github.ipfstoolkit.transmission.TransmissionTimeoutException if the
	 * listener does not join in time, or does not take the request
	 * @throws io.github.ipfstoolkit.transmission.TransmissionRefusedException if the
	 * listener refuses, or fails on the request
	 * @throws io.github.ipfstoolkit.transmission.TransmissionException if it fails
	 * otherwise, see {@link #startConversation(PeerId, String, ConversationOptions)}
	 */
	<T> T sendAndReceive(PeerId to, String listener, Object payload, Class<T> type, Duration timeout,
			ConversationOptions options);

	/**
	 * Sends a request when subscribed to, as
	 * {@link #sendAndReceive(String, String, Object, Class, Duration)} does, without
	 * holding up the subscriber's thread. Cancelling the subscription closes the
	 * conversation.
	 * @param <T> what is answered
	 * @param to the name of a contact, or a peer ID
	 * @param listener the name of a listener that answers
	 * @param payload what to send
	 * @param type what to make of the answer
	 * @param timeout how long it may take in all
	 * @return the answer
	 */
	default <T> Mono<T> request(String to, String listener, Object payload, Class<T> type, Duration timeout) {
		return request(to, listener, payload, type, timeout, options());
	}

	/**
	 * Sends a request when subscribed to, as
	 * {@link #sendAndReceive(String, String, Object, Class, Duration, ConversationOptions)}
	 * does, without holding up the subscriber's thread. Cancelling the subscription
	 * closes the conversation.
	 * @param <T> what is answered
	 * @param to the name of a contact, or a peer ID
	 * @param listener the name of a listener that answers
	 * @param payload what to send
	 * @param type what to make of the answer
	 * @param timeout how long it may take in all
	 * @param options how to converse; their time-outs count where they are shorter
	 * @return the answer
	 */
	<T> Mono<T> request(String to, String listener, Object payload, Class<T> type, Duration timeout,
			ConversationOptions options);

	/**
	 * Sends a request when subscribed to, as
	 * {@link #sendAndReceive(PeerId, String, Object, Class, Duration)} does, without
	 * holding up the subscriber's thread. Cancelling the subscription closes the
	 * conversation.
	 * @param <T> what is answered
	 * @param to the peer
	 * @param listener the name of a listener that answers
	 * @param payload what to send
	 * @param type what to make of the answer
	 * @param timeout how long it may take in all
	 * @return the answer
	 */
	default <T> Mono<T> request(PeerId to, String listener, Object payload, Class<T> type, Duration timeout) {
		return request(to, listener, payload, type, timeout, options());
	}

	/**
	 * Sends a request when subscribed to, as
	 * {@link #sendAndReceive(PeerId, String, Object, Class, Duration, ConversationOptions)}
	 * does, without holding up the subscriber's thread. Cancelling the subscription
	 * closes the conversation.
	 * @param <T> what is answered
	 * @param to the peer
	 * @param listener the name of a listener that answers
	 * @param payload what to send
	 * @param type what to make of the answer
	 * @param timeout how long it may take in all
	 * @param options how to converse; their time-outs count where they are shorter
	 * @return the answer
	 */
	<T> Mono<T> request(PeerId to, String listener, Object payload, Class<T> type, Duration timeout,
			ConversationOptions options);

}

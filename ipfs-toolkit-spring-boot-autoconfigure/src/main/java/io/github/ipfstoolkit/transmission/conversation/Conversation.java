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

import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.Iterator;

import io.github.ipfstoolkit.PeerId;
import reactor.core.publisher.Flux;

/**
 * An open conversation with a peer: what one end says, the other one hears, in order.
 * Safe for use by several threads; each message is heard by one of those that listen.
 * <p>
 * Where this end or the other has closed the conversation, or one of its time-outs has
 * passed, its methods throw {@link ConversationEndedException}; what had arrived before
 * can still be listened to. Where the peer has gone without a word they throw
 * {@link ConversationLostException}.
 *
 * @since 0.1.0
 */
public interface Conversation extends AutoCloseable, Iterable<byte[]> {

	/**
	 * Returns who is at the other end, as the node has authenticated it.
	 * @return the peer
	 */
	PeerId peer();

	/**
	 * Returns the name of the listener at which the conversation was started.
	 * @return the listener's name
	 */
	String listener();

	/**
	 * Returns the conversation's name at this end, which no other conversation of the
	 * node has.
	 * @return the name
	 */
	String name();

	/**
	 * Returns the conversation's name at the other end, as it has told in the handshake.
	 * Files that belong to the conversation go to a listener that is named after it.
	 * @return the name, which the peer has chosen
	 */
	String peerName();

	/**
	 * Returns what the other end has said with its handshake, not encrypted.
	 * @return the salutation, empty where there was none
	 */
	byte[] salutation();

	/**
	 * Returns how this end converses. Files that belong to the conversation go in the
	 * same way, with the same cipher.
	 * @return the options with which the conversation was started, or those of the
	 * listener
	 */
	ConversationOptions options();

	/**
	 * Returns whether both ends are this toolkit's and talk over one stream. Otherwise
	 * each message is a transmission of its own, as the Python toolkit has it, and the
	 * peer's closing is not noticed.
	 * @return whether the conversation is direct
	 */
	boolean isDirect();

	/**
	 * Returns whether something can be said.
	 * @return {@code false} once either end has closed the conversation, or it was lost
	 */
	boolean isOpen();

	/**
	 * Says something and waits until the other end has received it: not until anybody
	 * there has listened to it, unless it does not fit into what the other end keeps for
	 * one who does not listen (1 MiB).
	 * @param payload what to say: {@code byte[]}, text (as UTF-8), or an object that is
	 * written as JSON
	 * @throws io.github.ipfstoolkit.transmission.TransmissionTimeoutException if the
	 * other end does not receive it in time; the conversation is ended then
	 * @throws io.github.ipfstoolkit.transmission.TransmissionException if it can not be
	 * said
	 */
	void say(Object payload);

	/**
	 * Says something without waiting for the other end to have received it, where the
	 * conversation is direct; it waits only as long as the other end has no room for
	 * more. Otherwise this is the same as {@link #say(Object)}.
	 * @param bytes holds what to say; can be used again afterwards
	 * @param offset where it begins
	 * @param length how long it is
	 * @throws io.github.ipfstoolkit.transmission.TransmissionException if it can not be
	 * said
	 * @see #awaitReceived()
	 */
	void sayAhead(byte[] bytes, int offset, int length);

	/**
	 * Says something to one who is known to listen, and waits until all of it is on its
	 * way. In a direct conversation neither end keeps more than a piece of it: it is read
	 * from the stream by the one who listens, best with {@link #listenChannel(Duration)},
	 * which makes this faster than {@link #sayAhead} for what is long. Until somebody
	 * listens, nothing further is read there, not even the room that the other end has,
	 * so that two ends which say something to each other in this way and do not listen
	 * are stuck until their time-outs.
	 * @param message holds what to say; a blocking channel, which is not closed
	 * @param length how many bytes of it to say
	 * @throws io.github.ipfstoolkit.transmission.TransmissionException if it can not be
	 * said. If the channel fails, or ends before, when some of it was on its way, the
	 * conversation is ended
	 */
	void sayToListener(ReadableByteChannel message, int length);

	/**
	 * Waits until the other end has received all that was said.
	 * @throws io.github.ipfstoolkit.transmission.TransmissionTimeoutException if nothing
	 * of it is received in time; the conversation is ended then
	 */
	void awaitReceived();

	/**
	 * Waits for what the other end says next.
	 * @param timeout how long to wait for the end of the message
	 * @return what it said
	 * @throws ListenTimeoutException if nothing was said in that time; what has arrived
	 * of a longer message is kept for the next call
	 * @throws io.github.ipfstoolkit.transmission.MessageTooLargeException if it is longer
	 * than {@link ConversationOptions#maxMessageSize()}; the conversation is ended then
	 */
	byte[] listen(Duration timeout);

	/**
	 * Waits for what the other end says next, to be read as it arrives, whatever its
	 * length; an encrypted message, and one of a conversation that is not direct, is
	 * there as a whole. A read throws an {@link java.io.IOException} where the
	 * conversation breaks, or the message pauses for longer than the time-out.
	 * @param timeout how long to wait for the message, and between its parts
	 * @return what it said. The rest is skipped when it is closed, which it must be
	 * before the next message can be listened to
	 * @throws ListenTimeoutException if nothing was said in that time
	 */
	InputStream listenStream(Duration timeout);

	/**
	 * Waits for what the other end says next, as {@link #listenStream(Duration)} does, to
	 * be read into buffers: with a direct one nothing of a message that was
	 * {@linkplain #sayToListener said to a listener} goes over the heap.
	 * @param timeout how long to wait for the message, and between its parts
	 * @return what it said. The rest is skipped when it is closed, which it must be
	 * before the next message can be listened to
	 * @throws ListenTimeoutException if nothing was said in that time
	 */
	default ReadableByteChannel listenChannel(Duration timeout) {
		return Channels.newChannel(listenStream(timeout));
	}

	/**
	 * Waits for what the other end says next.
	 * @param timeout how long to wait
	 * @return what it said, as UTF-8
	 * @throws ListenTimeoutException if nothing was said in that time
	 */
	String listenText(Duration timeout);

	/**
	 * Waits for what the other end says next.
	 * @param <T> what it says
	 * @param type what to make of it: {@code byte[]}, {@link String} (UTF-8), or any
	 * other type, read from JSON
	 * @param timeout how long to wait
	 * @return what it said
	 * @throws ListenTimeoutException if nothing was said in that time
	 * @throws io.github.ipfstoolkit.transmission.TransmissionException if it can not be
	 * read as that type
	 */
	<T> T listen(Class<T> type, Duration timeout);

	/**
	 * Returns all that the other end says, as it arrives: {@code hasNext} waits for the
	 * next message and returns {@code false} once the conversation has ended.
	 * @return the messages
	 */
	@Override
	Iterator<byte[]> iterator();

	/**
	 * Returns all that the other end says, as it arrives and is asked for. It completes
	 * when the conversation has ended, and fails when it is lost. To cancel it does not
	 * end the conversation. Messages are given on a thread on which others may be said.
	 * @return the messages, to be subscribed to once at a time
	 */
	Flux<byte[]> messages();

	/**
	 * Ends the conversation at both ends; what was said before arrives there. Does not
	 * wait for the other end. Does nothing if it has ended.
	 */
	@Override
	void close();

}

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

package io.github.ipfstoolkit.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.github.ipfstoolkit.listener.IpfsListenerType;

import org.springframework.messaging.handler.annotation.MessageMapping;

/**
 * Marks a method that takes the messages which peers send to a listener's name.
 * <pre class="code">
 * &#064;IpfsListener("chat")
 * void onMessage(String text, &#064;Sender PeerId from) { … }
 * </pre>
 * <p>
 * The method may have these parameters:
 * <ul>
 * <li>at most one for the payload: {@code byte[]}; {@link String} (UTF-8);
 * {@link java.io.InputStream}, which is read as the message arrives, whatever its length;
 * {@link org.springframework.messaging.Message} of any of these; or any other type, which
 * is read from JSON. The payload of a {@code Message<?>} is a {@code byte[]}.
 * {@link org.springframework.messaging.handler.annotation.Payload @Payload} is
 * optional;</li>
 * <li>{@link Sender @Sender} for who sent it;</li>
 * <li>{@link io.github.ipfstoolkit.transmission.Transmission} for the message as it
 * arrives; for a topic {@link io.github.ipfstoolkit.core.TopicMessage};</li>
 * <li>{@link org.springframework.messaging.handler.annotation.Header @Header},
 * {@link org.springframework.messaging.handler.annotation.Headers @Headers},
 * {@link org.springframework.messaging.MessageHeaders}, see
 * {@link io.github.ipfstoolkit.listener.IpfsHeaders}.</li>
 * </ul>
 * <p>
 * The sender gets its acknowledgement when the method returns, and a refusal when it
 * throws, unless an {@link #errorHandler()} deals with that or the {@link #ackMode()}
 * says otherwise. The method must be safe for use by several threads, unless the
 * {@link #concurrency()} is 1. It belongs to a singleton.
 * <p>
 * If the method returns a value, the listener answers: peers can send it requests, and
 * get that value: {@code byte[]}, text as UTF-8, or any other type as JSON. A
 * {@link reactor.core.publisher.Mono} or future is waited for. A method that returns
 * {@code null} gives no answer, and the request fails. Of a message that is no request
 * the value is dropped. Messages that begin like the start of a conversation are taken
 * for one then.
 * <p>
 * All texts may hold placeholders ({@code ${…}}) and SpEL ({@code #{…}}), which are
 * resolved when all singletons exist. An empty text stands for the application's default.
 *
 * @since 0.1.0
 * @see IpfsTopicListener
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@MessageMapping
@Repeatable(IpfsListeners.class)
public @interface IpfsListener {

	/**
	 * Name of the listener, which peers send to.
	 * @return the name
	 */
	String value();

	/**
	 * What the method listens to. There is an annotation for each other type, such as
	 * {@link IpfsTopicListener}.
	 * @return the type
	 */
	IpfsListenerType type() default IpfsListenerType.TRANSMISSION;

	/**
	 * ID of the listener, by which the
	 * {@link io.github.ipfstoolkit.listener.IpfsListenerEndpointRegistry} finds it. By
	 * default the listener's name, for a topic with {@code topic:} before it.
	 * @return the ID
	 */
	String id() default "";

	/**
	 * How many messages are handled at the same time. By default that of
	 * {@code ipfs.listener.concurrency}.
	 * @return a positive number
	 */
	String concurrency() default "";

	/**
	 * Whether the listener starts with the application. By default as
	 * {@code ipfs.listener.auto-startup} says.
	 * @return {@code true} or {@code false}
	 */
	String autoStartup() default "";

	/**
	 * Name of a bean of type
	 * {@link io.github.ipfstoolkit.listener.IpfsListenerErrorHandler}, or an expression
	 * for such an object. By default the bean {@code ipfsListenerErrorHandler}.
	 * @return the name
	 */
	String errorHandler() default "";

	/**
	 * Name of a bean of type {@link java.util.concurrent.Executor} on which messages are
	 * handled, or an expression for such an object. Each stream that a peer holds open
	 * occupies a thread of it, so it must start each task at once or reject it, and never
	 * queue. By default a new thread for each.
	 * @return the name
	 */
	String executor() default "";

	/**
	 * When senders get their acknowledgement, as an
	 * {@link io.github.ipfstoolkit.transmission.AckMode}: {@code handled} or
	 * {@code received}. By default that of {@code ipfs.listener.ack-mode}. A method that
	 * answers is always {@code handled}.
	 * @return the mode
	 */
	String ackMode() default "";

	/**
	 * Where received files are put, for a listener of {@link IpfsListenerType#FILE}. By
	 * default that of {@code ipfs.transmission.files.directory}.
	 * @return the directory
	 * @see IpfsFileListener
	 */
	String directory() default "";

	/**
	 * Name of a bean of type
	 * {@link io.github.ipfstoolkit.transmission.file.FileProgressListener} that is told
	 * how far the files of this listener are, or an expression for such an object. For a
	 * listener of {@link IpfsListenerType#FILE}.
	 * @return the name
	 * @see IpfsFileListener#progress()
	 */
	String progress() default "";

	/**
	 * What the listener says with its handshake, for one of
	 * {@link IpfsListenerType#CONVERSATION}. By default nothing.
	 * @return the salutation
	 * @see IpfsConversationListener#salutation()
	 */
	String salutation() default "";

	/**
	 * After what time without a message the listener closes a conversation, for one of
	 * {@link IpfsListenerType#CONVERSATION}. By default that of
	 * {@code ipfs.transmission.conversation.idle-timeout}.
	 * @return the time
	 * @see IpfsConversationListener#idleTimeout()
	 */
	String idleTimeout() default "";

	/**
	 * The longest message that is read into memory, for a listener of
	 * {@link IpfsListenerType#CONVERSATION}. By default that of
	 * {@code ipfs.transmission.max-message-size}.
	 * @return the size
	 * @see IpfsConversationListener#maxMessageSize()
	 */
	String maxMessageSize() default "";

}

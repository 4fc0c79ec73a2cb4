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

import org.springframework.core.annotation.AliasFor;

/**
 * Marks a method that takes the conversations which peers start at a listener's name.
 * <pre class="code">
 * &#064;IpfsConversationListener("talk")
 * void on(Conversation conversation, &#064;Sender PeerId from) { … }
 * </pre>
 * <p>
 * The method has the {@link io.github.ipfstoolkit.transmission.conversation.Conversation}
 * for itself, on a thread of its own, and the conversation is closed when it returns. If
 * it returns a value, that is said before. What it throws closes the conversation, and
 * the other end is told that it has failed; but to listen to a conversation that the
 * other end has closed, or that ends as the application stops, is a usual way to end it.
 * What is said for {@link IpfsListener} holds for the other parameters, and for
 * placeholders and expressions.
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@IpfsListener(value = "", type = IpfsListenerType.CONVERSATION)
@Repeatable(IpfsConversationListeners.class)
public @interface IpfsConversationListener {

	/**
	 * Name of the listener, at which peers start conversations.
	 * @return the name
	 */
	@AliasFor(annotation = IpfsListener.class)
	String value();

	/**
	 * What this end says with its handshake, as UTF-8, or an expression for a
	 * {@code byte[]}: up to 64 KiB, not encrypted. The other end gets it by
	 * {@link io.github.ipfstoolkit.transmission.conversation.Conversation#salutation()}.
	 * A Python peer that starts a conversation without a salutation is told none, as it
	 * may not understand it. By default empty.
	 * @return the salutation
	 */
	@AliasFor(annotation = IpfsListener.class)
	String salutation() default "";

	/**
	 * After what time without a message in either direction this end closes the
	 * conversation, such as {@code 90s}, {@code 10m} or {@code PT2H}, {@code 0} for
	 * never. By default that of {@code ipfs.transmission.conversation.idle-timeout}.
	 * @return the time
	 */
	@AliasFor(annotation = IpfsListener.class)
	String idleTimeout() default "";

	/**
	 * The longest message that is read into memory, such as {@code 100KB} or {@code 1MB}.
	 * A longer one closes the conversation when it is listened to, unless as a stream. By
	 * default that of {@code ipfs.transmission.max-message-size}.
	 * @return the size
	 */
	@AliasFor(annotation = IpfsListener.class)
	String maxMessageSize() default "";

	/**
	 * ID of the listener, by default {@code conversation:} and its name.
	 * @return the ID
	 * @see IpfsListener#id()
	 */
	@AliasFor(annotation = IpfsListener.class)
	String id() default "";

	/**
	 * How many conversations are held at the same time, 100 by default: one takes its
	 * place as long as it is open. Peers that start further ones wait.
	 * @return a positive number
	 */
	@AliasFor(annotation = IpfsListener.class)
	String concurrency() default "100";

	/**
	 * Whether the listener starts with the application.
	 * @return {@code true} or {@code false}
	 * @see IpfsListener#autoStartup()
	 */
	@AliasFor(annotation = IpfsListener.class)
	String autoStartup() default "";

	/**
	 * Name of the bean that deals with failures.
	 * @return the name
	 * @see IpfsListener#errorHandler()
	 */
	@AliasFor(annotation = IpfsListener.class)
	String errorHandler() default "";

	/**
	 * Name of the bean on which conversations are held. A conversation takes two threads
	 * of it.
	 * @return the name
	 * @see IpfsListener#executor()
	 */
	@AliasFor(annotation = IpfsListener.class)
	String executor() default "";

}

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

import java.lang.reflect.Method;
import java.util.function.Consumer;

import io.github.ipfstoolkit.listener.InvalidListenerException;
import io.github.ipfstoolkit.listener.IpfsHeaders;
import io.github.ipfstoolkit.listener.IpfsListenerType;
import io.github.ipfstoolkit.listener.IpfsMessageListener;
import io.github.ipfstoolkit.transmission.conversation.Conversation;
import io.github.ipfstoolkit.transmission.conversation.ConversationEndedException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.invocation.InvocableHandlerMethod;

/**
 * A method that takes messages. What it returns goes to who waits for an answer, and to
 * nobody otherwise. What it does asynchronously is waited for.
 *
 * @param method the method
 * @param answers whether it returns a value
 */
record MethodListener(InvocableHandlerMethod method, boolean answers) implements IpfsMessageListener {

	/**
	 * Returns whether a method returns a value that can be an answer.
	 * @throws InvalidListenerException if it returns one that can be none
	 */
	static boolean answers(Method method, IpfsListenerType type) {
		if (method.getReturnType() == void.class) {
			return false;
		}
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(method.getReturnType());
		if (adapter != null && adapter.isMultiValue()) {
			throw new InvalidListenerException(
					"%s returns more than one value, but an answer is one: return a Mono, or converse with an @IpfsConversationListener"
						.formatted(IpfsMessageHandlerMethodFactory.describe(method)));
		}
		if (adapter != null
				&& (adapter.isNoValue() || ResolvableType.forMethodReturnType(method).resolveGeneric() == Void.class)) {
			return false;
		}
		if (type != IpfsListenerType.TRANSMISSION && type != IpfsListenerType.CONVERSATION) {
			throw new InvalidListenerException("%s returns a value, but there is nobody to send it to: make it void"
				.formatted(IpfsMessageHandlerMethodFactory.describe(method)));
		}
		return true;
	}

	@Override
	public void onMessage(Message<?> message) throws Exception {
		try {
			Object value = await(this.method.invoke(message));
			@SuppressWarnings("unchecked")
			Consumer<Object> reply = message.getHeaders().get(IpfsHeaders.REPLY, Consumer.class);
			if (value != null && reply != null) {
				reply.accept(value);
			}
		}
		catch (ConversationEndedException ex) {
			if (!(message.getPayload() instanceof Conversation conversation) || conversation.isOpen()) {
				throw ex;
			}
			// to listen until the other end has closed is a usual way to end
		}
	}

	private static @Nullable Object await(@Nullable Object value) {
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(null, value);
		return (adapter != null) ? Mono.from(adapter.toPublisher(value)).block() : value;
	}

}

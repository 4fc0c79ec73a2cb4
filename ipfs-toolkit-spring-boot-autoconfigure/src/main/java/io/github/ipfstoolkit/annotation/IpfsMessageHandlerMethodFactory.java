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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.ipfstoolkit.listener.InvalidListenerException;
import io.github.ipfstoolkit.listener.IpfsListenerType;
import io.github.ipfstoolkit.listener.IpfsMessageListener;

import org.springframework.core.MethodParameter;
import org.springframework.core.convert.ConversionService;
import org.springframework.messaging.Message;
import org.springframework.messaging.converter.SmartMessageConverter;
import org.springframework.messaging.handler.annotation.support.DefaultMessageHandlerMethodFactory;
import org.springframework.messaging.handler.annotation.support.MessageMethodArgumentResolver;
import org.springframework.messaging.handler.annotation.support.PayloadMethodArgumentResolver;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.messaging.handler.invocation.InvocableHandlerMethod;

/**
 * Makes methods take messages. It refuses those whose arguments could never be made, so
 * that this is known when the application starts and not when a message arrives.
 *
 * @since 0.1.0
 */
public class IpfsMessageHandlerMethodFactory extends DefaultMessageHandlerMethodFactory {

	private final SenderMethodArgumentResolver senderResolver;

	private final SmartMessageConverter messageConverter;

	private List<HandlerMethodArgumentResolver> resolvers = List.of();

	/**
	 * Creates a factory.
	 * @param messageConverter converts payloads
	 * @param conversionService converts senders and headers
	 */
	public IpfsMessageHandlerMethodFactory(SmartMessageConverter messageConverter,
			ConversionService conversionService) {
		this.senderResolver = new SenderMethodArgumentResolver(conversionService);
		this.messageConverter = messageConverter;
		setMessageConverter(messageConverter);
		setConversionService(conversionService);
	}

	@Override
	protected List<HandlerMethodArgumentResolver> initArgumentResolvers() {
		List<HandlerMethodArgumentResolver> resolvers = new ArrayList<>();
		resolvers.add(this.senderResolver);
		resolvers.add(new BytesMessageMethodArgumentResolver(this.messageConverter));
		resolvers.addAll(super.initArgumentResolvers());
		this.resolvers = resolvers;
		return resolvers;
	}

	/**
	 * Makes a listener of a method.
	 * @param bean the object to call the method of
	 * @param method the method
	 * @param type what it listens to
	 * @return the listener
	 * @throws InvalidListenerException if the method can not take such messages
	 */
	IpfsMessageListener createListener(Object bean, Method method, IpfsListenerType type) {
		InvocableHandlerMethod handlerMethod = createInvocableHandlerMethod(bean, method);
		validate(method, handlerMethod.getMethodParameters(), type);
		return new MethodListener(handlerMethod, MethodListener.answers(method, type));
	}

	private void validate(Method method, MethodParameter[] parameters, IpfsListenerType type) {
		for (MethodParameter parameter : parameters) {
			if (parameter.hasParameterAnnotation(Sender.class) && !this.senderResolver.canResolve(parameter)) {
				throw new InvalidListenerException(
						"%s takes the @Sender as %s, for which there is no bean of type Converter<PeerId, %s>"
							.formatted(describe(method), parameter.getNestedParameterType().getName(),
									parameter.nestedIfOptional().getNestedParameterType().getSimpleName()));
			}
			if (isPayloadOfOtherType(parameter, type)) {
				throw new InvalidListenerException("%s takes a %s, but listens to messages of type %s"
					.formatted(describe(method), parameter.getParameterType().getSimpleName(), type));
			}
		}
		if (type == IpfsListenerType.CONVERSATION
				&& Arrays.stream(parameters).anyMatch((parameter) -> takesPayload(parameter, type))) {
			throw new InvalidListenerException(
					"%s listens to conversations, but takes a message: let it take a Conversation, or annotate it with @IpfsListener"
						.formatted(describe(method)));
		}
		long payloads = Arrays.stream(parameters).filter((parameter) -> takesPayload(parameter, type)).count();
		if (payloads > 1) {
			throw new InvalidListenerException(("%s has %d parameters that would take the payload, which is read once: "
					+ "annotate the others with @Sender or @Header")
				.formatted(describe(method), payloads));
		}
	}

	private static boolean isPayloadOfOtherType(MethodParameter parameter, IpfsListenerType type) {
		return Arrays.stream(IpfsListenerType.values())
			.anyMatch((other) -> other.payloadType() == parameter.getParameterType()
					&& other.payloadType() != type.payloadType());
	}

	private boolean takesPayload(MethodParameter parameter, IpfsListenerType type) {
		return parameter.getParameterType() != type.payloadType() && this.resolvers.stream()
			.filter((resolver) -> resolver.supportsParameter(parameter))
			.findFirst()
			.filter((resolver) -> resolver instanceof PayloadMethodArgumentResolver
					|| resolver instanceof MessageMethodArgumentResolver)
			.isPresent();
	}

	static String describe(Method method) {
		return "Listener method %s.%s".formatted(method.getDeclaringClass().getName(), method.getName());
	}

	/**
	 * Gives {@code Message<?>} the payload as {@code byte[]}, where it would have it as
	 * it came.
	 */
	private static final class BytesMessageMethodArgumentResolver extends MessageMethodArgumentResolver {

		BytesMessageMethodArgumentResolver(SmartMessageConverter converter) {
			super(converter);
		}

		@Override
		protected Class<?> getPayloadType(MethodParameter parameter, Message<?> message) {
			Class<?> type = super.getPayloadType(parameter, message);
			return (type != Object.class) ? type : byte[].class;
		}

	}

}

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

import java.util.Optional;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.listener.IpfsHeaders;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.util.Assert;

/**
 * Resolves parameters that are annotated with {@link Sender}.
 */
final class SenderMethodArgumentResolver implements HandlerMethodArgumentResolver {

	private final ConversionService conversionService;

	SenderMethodArgumentResolver(ConversionService conversionService) {
		this.conversionService = conversionService;
	}

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return parameter.hasParameterAnnotation(Sender.class);
	}

	/**
	 * Returns whether a sender can be made what the parameter takes.
	 */
	boolean canResolve(MethodParameter parameter) {
		Class<?> type = parameter.nestedIfOptional().getNestedParameterType();
		return type == PeerId.class || type == String.class || this.conversionService.canConvert(PeerId.class, type);
	}

	@Override
	public @Nullable Object resolveArgument(MethodParameter parameter, Message<?> message) {
		PeerId sender = message.getHeaders().get(IpfsHeaders.SENDER, PeerId.class);
		Assert.state(sender != null, "The message has no sender");
		Object argument = convert(sender, parameter.nestedIfOptional());
		return (parameter.getParameterType() == Optional.class) ? Optional.ofNullable(argument) : argument;
	}

	private @Nullable Object convert(PeerId sender, MethodParameter parameter) {
		Class<?> type = parameter.getNestedParameterType();
		if (type == PeerId.class) {
			return sender;
		}
		if (type == String.class) {
			return sender.toString();
		}
		return this.conversionService.convert(sender, TypeDescriptor.valueOf(PeerId.class),
				TypeDescriptor.valueOf(type));
	}

}

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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import io.github.ipfstoolkit.core.TopicMessage;
import io.github.ipfstoolkit.transmission.Transmission;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.JacksonJsonMessageConverter;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.converter.SmartMessageConverter;
import org.springframework.messaging.support.MessageBuilder;

/**
 * Converts the payload of a message to what a listener's method takes: {@code byte[]}, a
 * {@link String} (UTF-8), an {@link InputStream} that is read as the payload arrives, or
 * any other type, read from JSON. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public class IpfsMessageConverter implements SmartMessageConverter {

	private final JacksonJsonMessageConverter json;

	/**
	 * Creates a converter.
	 * @param jsonMapper reads JSON
	 */
	public IpfsMessageConverter(JsonMapper jsonMapper) {
		this.json = new JacksonJsonMessageConverter(jsonMapper);
	}

	@Override
	public @Nullable Object fromMessage(Message<?> message, Class<?> targetClass) {
		return fromMessage(message, targetClass, null);
	}

	@Override
	public @Nullable Object fromMessage(Message<?> message, Class<?> targetClass, @Nullable Object conversionHint) {
		if (targetClass == InputStream.class) {
			return stream(message);
		}
		byte[] bytes = bytes(message);
		if (targetClass == byte[].class) {
			return bytes;
		}
		if (targetClass == String.class || targetClass == CharSequence.class) {
			return new String(bytes, StandardCharsets.UTF_8);
		}
		return this.json.fromMessage(MessageBuilder.createMessage(bytes, message.getHeaders()), targetClass,
				conversionHint);
	}

	/**
	 * Returns nothing: messages are only received with this converter.
	 */
	@Override
	public @Nullable Message<?> toMessage(Object payload, @Nullable MessageHeaders headers) {
		return null;
	}

	/**
	 * Returns nothing: messages are only received with this converter.
	 */
	@Override
	public @Nullable Message<?> toMessage(Object payload, @Nullable MessageHeaders headers,
			@Nullable Object conversionHint) {
		return null;
	}

	private static InputStream stream(Message<?> message) {
		if (message.getPayload() instanceof Transmission transmission) {
			return transmission.content();
		}
		return new ByteArrayInputStream(bytes(message));
	}

	private static byte[] bytes(Message<?> message) {
		Object payload = message.getPayload();
		try {
			if (payload instanceof Transmission transmission) {
				return transmission.bytes();
			}
			if (payload instanceof TopicMessage topicMessage) {
				return topicMessage.data();
			}
		}
		catch (IOException ex) {
			throw new MessageConversionException(message, "The payload broke off: " + ex.getMessage(), ex);
		}
		throw new MessageConversionException(message, "Can not read a payload of type " + payload.getClass().getName());
	}

}

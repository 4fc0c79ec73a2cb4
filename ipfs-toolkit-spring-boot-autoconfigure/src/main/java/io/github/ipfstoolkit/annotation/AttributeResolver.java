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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.ipfstoolkit.listener.InvalidListenerException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeansException;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanExpressionContext;
import org.springframework.beans.factory.config.BeanExpressionResolver;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * Resolves placeholders, expressions and names of beans in the attributes of an annotated
 * method. What can not be is refused, with the method, the attribute and a remedy.
 */
final class AttributeResolver {

	private final ConfigurableBeanFactory beanFactory;

	private final Method method;

	AttributeResolver(ConfigurableBeanFactory beanFactory, Method method) {
		this.beanFactory = beanFactory;
		this.method = method;
	}

	/**
	 * Resolves a text.
	 * @return the text, {@code null} if the attribute is empty or comes to nothing
	 */
	@Nullable String text(String attribute) {
		Object value = evaluate(attribute);
		return (value != null && StringUtils.hasText(value.toString())) ? value.toString() : null;
	}

	/**
	 * Resolves a value.
	 * @return the value, {@code null} if the attribute is empty or comes to nothing
	 */
	<T> @Nullable T value(String name, String attribute, Class<T> type) {
		String text = text(attribute);
		if (text == null) {
			return null;
		}
		try {
			return this.beanFactory.getTypeConverter().convertIfNecessary(text, type);
		}
		catch (BeansException ex) {
			throw refusal(name, text, "no " + type.getSimpleName().toLowerCase(Locale.ROOT), ex);
		}
	}

	/**
	 * Resolves a time, as Spring Boot reads it from properties.
	 * @return the time, {@code null} if the attribute is empty or comes to nothing
	 */
	@Nullable Duration duration(String name, String attribute) {
		return parse(name, attribute, DurationStyle::detectAndParse,
				"no duration. Write a number and a unit, such as 30s, 10m or 2h");
	}

	/**
	 * Resolves a size, as Spring Boot reads it from properties.
	 * @return the size, {@code null} if the attribute is empty or comes to nothing
	 */
	@Nullable DataSize size(String name, String attribute) {
		return parse(name, attribute, DataSize::parse, "no size. Write a number and a unit, such as 100KB or 1MB");
	}

	private <T> @Nullable T parse(String name, String attribute, Function<String, T> parser, String problem) {
		String text = text(attribute);
		if (text == null) {
			return null;
		}
		try {
			return parser.apply(text.strip());
		}
		catch (IllegalArgumentException ex) {
			throw refusal(name, text, problem, ex);
		}
	}

	/**
	 * Resolves what is said to a peer: a text, which is said as UTF-8, or what an
	 * expression gives, if that is bytes.
	 * @return the bytes, {@code null} if the attribute is empty or comes to nothing
	 */
	byte @Nullable [] bytes(String attribute) {
		Object value = evaluate(attribute);
		if (value instanceof byte[] bytes) {
			return bytes;
		}
		return (value != null && StringUtils.hasText(value.toString()))
				? value.toString().getBytes(StandardCharsets.UTF_8) : null;
	}

	/**
	 * Resolves a constant, in upper or lower case.
	 * @return the constant, {@code null} if the attribute is empty or comes to nothing
	 */
	<E extends Enum<E>> @Nullable E constant(String name, String attribute, Class<E> type) {
		String text = text(attribute);
		if (text == null) {
			return null;
		}
		List<E> constants = List.copyOf(EnumSet.allOf(type));
		return constants.stream()
			.filter((constant) -> constant.name().equalsIgnoreCase(text.strip()))
			.findFirst()
			.orElseThrow(() -> refusal(name, text, "none of " + constants.toString().toLowerCase(Locale.ROOT), null));
	}

	/**
	 * Resolves an object: what an expression gives, or the bean of that name.
	 * @return the object, {@code null} if the attribute is empty or comes to nothing
	 */
	<T> @Nullable T object(String name, String attribute, Class<T> type) {
		Object value = evaluate(attribute);
		if (type.isInstance(value)) {
			return type.cast(value);
		}
		if (value == null || !StringUtils.hasText(value.toString())) {
			return null;
		}
		try {
			return this.beanFactory.getBean(value.toString(), type);
		}
		catch (BeansException ex) {
			throw refusal(name, value.toString(),
					"no bean of type %s. Name such a bean, or leave the attribute out".formatted(type.getName()), ex);
		}
	}

	/**
	 * Returns whether an object is a bean that is given to whoever wants all of its type.
	 */
	boolean isGeneral(Object object) {
		return Stream.of(this.beanFactory.getSingletonNames())
			.filter((name) -> this.beanFactory.getSingleton(name) == object)
			.anyMatch(this::isDefaultCandidate);
	}

	private boolean isDefaultCandidate(String beanName) {
		try {
			BeanDefinition definition = this.beanFactory.getMergedBeanDefinition(beanName);
			return definition.isAutowireCandidate()
					&& (!(definition instanceof AbstractBeanDefinition details) || details.isDefaultCandidate());
		}
		catch (NoSuchBeanDefinitionException ex) {
			// registered as an object
			return true;
		}
	}

	/**
	 * Makes an error of what an attribute is resolved to.
	 */
	InvalidListenerException refusal(String name, String value, String problem, @Nullable Throwable cause) {
		return new InvalidListenerException(
				"The '%s' of listener method %s is '%s', which is %s".formatted(name, this.method, value, problem),
				cause);
	}

	private @Nullable Object evaluate(String attribute) {
		String resolved = this.beanFactory.resolveEmbeddedValue(attribute);
		BeanExpressionResolver resolver = this.beanFactory.getBeanExpressionResolver();
		return (resolver != null) ? resolver.evaluate(resolved, new BeanExpressionContext(this.beanFactory, null))
				: resolved;
	}

}

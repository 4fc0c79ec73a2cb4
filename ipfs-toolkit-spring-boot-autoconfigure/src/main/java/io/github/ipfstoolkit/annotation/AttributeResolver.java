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

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;

import io.github.ipfstoolkit.listener.InvalidListenerException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.BeanExpressionContext;
import org.springframework.beans.factory.config.BeanExpressionResolver;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.util.StringUtils;

/**
 * Resolves placeholders, expressions and names of beans in an annotation's attributes.
 */
final class AttributeResolver {

	private final ConfigurableBeanFactory beanFactory;

	AttributeResolver(ConfigurableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
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
			throw new InvalidListenerException("The '%s' of a listener is '%s', which is no %s".formatted(name, text,
					type.getSimpleName().toLowerCase(Locale.ROOT)), ex);
		}
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
			.orElseThrow(() -> new InvalidListenerException("The '%s' of a listener is '%s', which is none of %s"
				.formatted(name, text, constants.toString().toLowerCase(Locale.ROOT))));
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
			throw new InvalidListenerException("The '%s' of a listener is '%s', which is no bean of type %s"
				.formatted(name, value, type.getName()), ex);
		}
	}

	private @Nullable Object evaluate(String attribute) {
		String resolved = this.beanFactory.resolveEmbeddedValue(attribute);
		BeanExpressionResolver resolver = this.beanFactory.getBeanExpressionResolver();
		return (resolver != null) ? resolver.evaluate(resolved, new BeanExpressionContext(this.beanFactory, null))
				: resolved;
	}

}

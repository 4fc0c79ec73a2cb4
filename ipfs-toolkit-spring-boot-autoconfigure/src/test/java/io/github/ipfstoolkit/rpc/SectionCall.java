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

package io.github.ipfstoolkit.rpc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.ResponseEntity;

/**
 * Calls any method of any section with arguments that have the right types, so that a
 * test can be about all of them, and a new one is in it by itself.
 *
 * @param method a method of a section
 */
public record SectionCall(Method method) {

	/**
	 * Returns a call of each method of each section.
	 */
	public static Stream<SectionCall> all() {
		return SectionMethods.methods().map(SectionCall::new);
	}

	/**
	 * Returns the command's name.
	 */
	public String command() {
		return SectionMethods.command(this.method);
	}

	/**
	 * Returns the type of the reply's values: {@code Void} where there are none.
	 */
	public ResolvableType valueType() {
		ResolvableType type = ResolvableType.forMethodReturnType(this.method).getGeneric(0);
		return type.toClass().equals(ResponseEntity.class) ? type.getGeneric(0, 0) : type;
	}

	/**
	 * Returns whether the method's reply may have any number of values.
	 */
	public boolean isStream() {
		return this.method.getReturnType().equals(Flux.class)
				|| ResolvableType.forMethodReturnType(this.method).getGeneric(0).toClass().equals(ResponseEntity.class);
	}

	/**
	 * Returns whether the reply is content as it is.
	 */
	public boolean isRaw() {
		Class<?> type = valueType().toClass();
		return type.equals(DataBuffer.class) || type.equals(byte[].class);
	}

	/**
	 * Returns whether something is sent besides the arguments.
	 */
	public boolean hasUpload() {
		return Arrays.asList(this.method.getParameterTypes()).contains(Upload.class);
	}

	/**
	 * Returns something that can be read as a value of the reply.
	 */
	public String sampleReply() {
		Class<?> type = valueType().toClass();
		if (isRaw()) {
			return "some content";
		}
		if (type.equals(Integer.class) || type.equals(Long.class)) {
			return "1";
		}
		return (type.isRecord() || type.equals(JsonNode.class)) ? "{}" : "\"text\"";
	}

	/**
	 * Calls the method.
	 * @param kubo whose method is called
	 * @return the values of the reply
	 */
	public Flux<?> invoke(Kubo kubo) {
		Object[] arguments = Arrays.stream(this.method.getParameters()).map(SectionCall::sample).toArray();
		try {
			Publisher<?> reply = (Publisher<?>) this.method.invoke(kubo.section(this.method.getDeclaringClass()),
					arguments);
			return Flux.from(reply)
				.flatMap((value) -> (value instanceof ResponseEntity<?> entity) ? (Publisher<?>) entity.getBody()
						: Mono.just(value));
		}
		catch (IllegalAccessException | InvocationTargetException ex) {
			throw new IllegalStateException(this + ": " + ex, ex);
		}
	}

	private static Object sample(Parameter parameter) {
		return sample(parameter.getParameterizedType());
	}

	private static Object sample(Type type) {
		if (type instanceof ParameterizedType list && list.getRawType().equals(List.class)) {
			return List.of(sample(list.getActualTypeArguments()[0]));
		}
		if (type instanceof Class<?> options && CommandOptions.class.isAssignableFrom(options)) {
			try {
				return options.getMethod("defaults").invoke(null);
			}
			catch (ReflectiveOperationException ex) {
				throw new IllegalStateException(type + ": " + ex, ex);
			}
		}
		return SectionMethods.sample((Class<?>) type);
	}

	@Override
	public String toString() {
		return Arrays.stream(this.method.getParameterTypes())
			.map(Class::getSimpleName)
			.collect(Collectors.joining(", ",
					this.method.getDeclaringClass().getSimpleName() + "." + this.method.getName() + "(", ")"));
	}

}

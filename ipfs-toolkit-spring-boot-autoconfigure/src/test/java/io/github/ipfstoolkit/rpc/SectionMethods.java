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
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.PeerId;

import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What the methods of the sections stand for, read from their annotations.
 */
public final class SectionMethods {

	private static final String ROOT = "/api/v0/";

	private static final Cid CID = Cid.of("QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1m");

	private static final PeerId PEER = PeerId.of("12D3KooWGL1WQ2TXMou8HRB8zv7K274sDfWbF3noAnxWESU6RL2K");

	/** A value for each type that a method of a section or of options takes. */
	private static final Map<Class<?>, Object> SAMPLES = Map.ofEntries(Map.entry(boolean.class, true),
			Map.entry(int.class, 1), Map.entry(long.class, 1L), Map.entry(String.class, "text"),
			Map.entry(String[].class, new String[] { "text" }), Map.entry(List.class, List.of("text")),
			Map.entry(Duration.class, Duration.ofSeconds(1)), Map.entry(Instant.class, Instant.EPOCH),
			Map.entry(Cid.class, CID), Map.entry(Cid[].class, new Cid[] { CID }), Map.entry(PeerId.class, PEER),
			Map.entry(Multiaddr.class, Multiaddr.of("/ip4/127.0.0.1/tcp/1/p2p/" + PEER)),
			Map.entry(Upload.class, Upload.of("text".getBytes(StandardCharsets.UTF_8))));

	private SectionMethods() {
	}

	static Stream<Class<?>> sections() {
		return Arrays.stream(Kubo.class.getMethods())
			.map(Method::getReturnType)
			.filter((type) -> type.isAnnotationPresent(HttpExchange.class))
			.map((type) -> type);
	}

	static Stream<Method> methods() {
		return sections().flatMap((section) -> Arrays.stream(section.getMethods()))
			.filter((method) -> method.isAnnotationPresent(PostExchange.class));
	}

	static long count() {
		return methods().count();
	}

	/**
	 * Returns the names of the options that can be given to each command.
	 */
	public static Map<String, Set<String>> optionsByCommand() {
		Map<String, Set<String>> options = new TreeMap<>();
		methods().forEach((method) -> options.computeIfAbsent(command(method), (command) -> new TreeSet<>())
			.addAll(options(method)));
		return options;
	}

	static String command(Method method) {
		String path = uri(method).getPath();
		return path.substring(ROOT.length());
	}

	private static UriComponents uri(Method method) {
		return UriComponentsBuilder
			.fromUriString(method.getDeclaringClass().getAnnotation(HttpExchange.class).value()
					+ method.getAnnotation(PostExchange.class).value())
			.build();
	}

	private static Set<String> options(Method method) {
		MultiValueMap<String, String> fixed = uri(method).getQueryParams();
		Set<String> names = new TreeSet<>(fixed.keySet());
		for (Parameter parameter : method.getParameters()) {
			if (parameter.isAnnotationPresent(RequestParam.class)) {
				names.add(parameter.getAnnotation(RequestParam.class).value());
			}
			if (CommandOptions.class.isAssignableFrom(parameter.getType())) {
				names.addAll(optionsOf(parameter.getType()));
			}
		}
		names.remove("arg");
		return names;
	}

	/**
	 * Finds the options that a type has by calling each of its methods.
	 */
	private static Set<String> optionsOf(Class<?> type) {
		Set<String> names = new TreeSet<>();
		try {
			Object defaults = type.getMethod("defaults").invoke(null);
			for (Method method : type.getMethods()) {
				if (CommandOptions.class.isAssignableFrom(method.getReturnType())
						&& !Modifier.isStatic(method.getModifiers()) && !method.isBridge()) {
					Object[] arguments = Arrays.stream(method.getParameterTypes())
						.map(SectionMethods::sample)
						.toArray();
					names.addAll(((CommandOptions<?>) method.invoke(defaults, arguments)).toParameters().keySet());
				}
			}
		}
		catch (IllegalAccessException | NoSuchMethodException | InvocationTargetException ex) {
			throw new IllegalStateException(type + ": " + ex, ex);
		}
		return names;
	}

	/**
	 * Returns a value of a type.
	 */
	static Object sample(Class<?> type) {
		Object sample = type.isEnum() ? type.getEnumConstants()[0] : SAMPLES.get(type);
		if (sample == null) {
			throw new IllegalStateException("No sample for " + type);
		}
		return sample;
	}

}

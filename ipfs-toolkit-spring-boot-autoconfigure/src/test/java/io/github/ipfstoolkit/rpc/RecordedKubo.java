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

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Notes which methods of the sections are called, so that tests can see that none is
 * forgotten.
 */
final class RecordedKubo {

	private final Set<Method> called = ConcurrentHashMap.newKeySet();

	/**
	 * Returns a node's commands, whose calls are noted.
	 */
	Kubo of(Kubo kubo) {
		return proxy(Kubo.class, (proxy, method, arguments) -> {
			Object result = invoke(kubo, method, arguments);
			Class<?> type = method.getReturnType();
			return type.isAnnotationPresent(HttpExchange.class) ? recorded(type, result) : result;
		});
	}

	private Object recorded(Class<?> section, Object target) {
		return proxy(section, (proxy, method, arguments) -> {
			this.called.add(method);
			return invoke(target, method, arguments);
		});
	}

	private static <T> T proxy(Class<T> type, InvocationHandler handler) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
	}

	private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	/**
	 * Fails for methods that no test has called.
	 * @param sections the sections
	 */
	void assertEachMethodWasCalled(Class<?>... sections) {
		Set<String> methods = Arrays.stream(sections)
			.flatMap((section) -> Arrays.stream(section.getMethods()))
			.filter((method) -> method.isAnnotationPresent(PostExchange.class))
			.map(RecordedKubo::name)
			.collect(Collectors.toSet());
		Set<String> names = this.called.stream().map(RecordedKubo::name).collect(Collectors.toSet());
		methods.removeAll(names);
		assertThat(methods).as("methods that no test calls").isEmpty();
	}

	private static String name(Method method) {
		return Arrays.stream(method.getParameterTypes())
			.map(Class::getSimpleName)
			.collect(Collectors.joining(", ", method.getDeclaringClass().getSimpleName() + "." + method.getName() + "(",
					")"));
	}

}

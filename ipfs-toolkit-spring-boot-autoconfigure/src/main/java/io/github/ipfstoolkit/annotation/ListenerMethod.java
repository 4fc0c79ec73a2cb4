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
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;

import io.github.ipfstoolkit.listener.InvalidListenerException;
import io.github.ipfstoolkit.listener.IpfsListenerEndpoint;
import io.github.ipfstoolkit.listener.IpfsListenerErrorHandler;
import io.github.ipfstoolkit.listener.IpfsListenerOptions;
import io.github.ipfstoolkit.listener.IpfsMessageListener;
import io.github.ipfstoolkit.transmission.AckMode;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;

/**
 * An annotated method of a bean, from which endpoints are made when everything that its
 * annotations refer to exists.
 *
 * @param bean the bean, perhaps a proxy
 * @param method the method as its class declares it
 * @param annotations the method's annotations
 */
record ListenerMethod(Object bean, Method method, List<IpfsListener> annotations) {

	List<IpfsListenerEndpoint> toEndpoints(AttributeResolver attributes,
			IpfsMessageHandlerMethodFactory methodFactory) {
		Method method = invocableMethod();
		return this.annotations.stream()
			.map((annotation) -> toEndpoint(annotation, attributes,
					methodFactory.createListener(this.bean, method, annotation.type())))
			.toList();
	}

	private Method invocableMethod() {
		try {
			return AopUtils.selectInvocableMethod(this.method, this.bean.getClass());
		}
		catch (IllegalStateException ex) {
			throw new InvalidListenerException(
					"Listener method %s can not be called: %s".formatted(this.method, ex.getMessage()), ex);
		}
	}

	private IpfsListenerEndpoint toEndpoint(IpfsListener annotation, AttributeResolver attributes,
			IpfsMessageListener listener) {
		String name = attributes.text(annotation.value());
		if (name == null) {
			throw new InvalidListenerException("The name '%s' of the listener method %s comes to nothing"
				.formatted(annotation.value(), this.method));
		}
		Overrides overrides = Overrides.of(annotation, attributes);
		IpfsListenerEndpoint endpoint = IpfsListenerEndpoint.of(annotation.type(), name, listener)
			.withOptions(overrides::apply);
		String id = attributes.text(annotation.id());
		return (id != null) ? endpoint.withId(id) : endpoint;
	}

	private record Overrides(@Nullable Integer concurrency, @Nullable Boolean autoStartup,
			@Nullable IpfsListenerErrorHandler errorHandler, @Nullable Executor executor, @Nullable AckMode ackMode,
			@Nullable Path directory) {

		static Overrides of(IpfsListener annotation, AttributeResolver attributes) {
			return new Overrides(attributes.value("concurrency", annotation.concurrency(), Integer.class),
					attributes.value("autoStartup", annotation.autoStartup(), Boolean.class),
					attributes.object("errorHandler", annotation.errorHandler(), IpfsListenerErrorHandler.class),
					attributes.object("executor", annotation.executor(), Executor.class),
					attributes.constant("ackMode", annotation.ackMode(), AckMode.class),
					attributes.value("directory", annotation.directory(), Path.class));
		}

		void apply(IpfsListenerOptions.Builder options) {
			if (this.concurrency != null) {
				options.concurrency(this.concurrency);
			}
			if (this.autoStartup != null) {
				options.autoStartup(this.autoStartup);
			}
			if (this.errorHandler != null) {
				options.errorHandler(this.errorHandler);
			}
			Executor executor = this.executor;
			if (executor != null) {
				options.executorFactory((id) -> executor);
			}
			if (this.ackMode != null) {
				options.ackMode(this.ackMode);
			}
			if (this.directory != null) {
				options.directory(this.directory);
			}
		}

	}

}

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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

import io.github.ipfstoolkit.listener.InvalidListenerException;
import io.github.ipfstoolkit.listener.IpfsListenerEndpoint;
import io.github.ipfstoolkit.listener.IpfsListenerErrorHandler;
import io.github.ipfstoolkit.listener.IpfsListenerOptions;
import io.github.ipfstoolkit.listener.IpfsListenerType;
import io.github.ipfstoolkit.listener.IpfsMessageListener;
import io.github.ipfstoolkit.transmission.AckMode;
import io.github.ipfstoolkit.transmission.conversation.ConversationOptions;
import io.github.ipfstoolkit.transmission.file.FileProgressListener;
import io.github.ipfstoolkit.transmission.file.FileReceiverOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.util.unit.DataSize;

/**
 * An annotated method of a bean, from which endpoints are made when everything that its
 * annotations refer to exists.
 *
 * @param bean the bean, perhaps a proxy
 * @param method the method as its class declares it
 * @param annotations the method's annotations
 */
record ListenerMethod(Object bean, Method method, List<IpfsListener> annotations) {

	List<IpfsListenerEndpoint> toEndpoints(ConfigurableBeanFactory beanFactory,
			IpfsMessageHandlerMethodFactory methodFactory) {
		Method method = invocableMethod();
		AttributeResolver attributes = new AttributeResolver(beanFactory, this.method);
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
		checkType(annotation);
		Overrides overrides = Overrides.of(annotation, attributes);
		check(overrides);
		IpfsListenerEndpoint endpoint = IpfsListenerEndpoint.of(annotation.type(), name, listener)
			.withOptions(overrides::apply);
		String id = attributes.text(annotation.id());
		return (id != null) ? endpoint.withId(id) : endpoint;
	}

	private void checkType(IpfsListener annotation) {
		if (annotation.type() != IpfsListenerType.FILE) {
			checkAbsent("directory", annotation.directory(), "@IpfsFileListener");
			checkAbsent("progress", annotation.progress(), "@IpfsFileListener");
		}
		if (annotation.type() != IpfsListenerType.CONVERSATION) {
			checkAbsent("salutation", annotation.salutation(), "@IpfsConversationListener");
			checkAbsent("idleTimeout", annotation.idleTimeout(), "@IpfsConversationListener");
			checkAbsent("maxMessageSize", annotation.maxMessageSize(), "@IpfsConversationListener");
		}
	}

	private void checkAbsent(String name, String attribute, String annotation) {
		if (!attribute.isEmpty()) {
			throw new InvalidListenerException(
					"Listener method %s has the attribute '%s', which has no effect there. Use %s, or leave it out"
						.formatted(this.method, name, annotation));
		}
	}

	/**
	 * Finds out before anything is opened whether the options take the values.
	 */
	private void check(Overrides overrides) {
		try {
			IpfsListenerOptions.Builder builder = IpfsListenerOptions.builder();
			overrides.apply(builder);
			builder.build();
			overrides.apply(ConversationOptions.defaults());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidListenerException("An attribute of listener method %s is out of its range: %s"
				.formatted(this.method, ex.getMessage()), ex);
		}
	}

	@SuppressWarnings("ArrayRecordComponent")
	private record Overrides(@Nullable Integer concurrency, @Nullable Boolean autoStartup,
			@Nullable IpfsListenerErrorHandler errorHandler, @Nullable Executor executor, @Nullable AckMode ackMode,
			@Nullable Path directory, @Nullable FileProgressListener progress, byte @Nullable [] salutation,
			@Nullable Duration idleTimeout, @Nullable DataSize maxMessageSize) {

		static Overrides of(IpfsListener annotation, AttributeResolver attributes) {
			return new Overrides(attributes.value("concurrency", annotation.concurrency(), Integer.class),
					attributes.value("autoStartup", annotation.autoStartup(), Boolean.class),
					attributes.object("errorHandler", annotation.errorHandler(), IpfsListenerErrorHandler.class),
					attributes.object("executor", annotation.executor(), Executor.class),
					attributes.constant("ackMode", annotation.ackMode(), AckMode.class),
					attributes.value("directory", annotation.directory(), Path.class), progress(annotation, attributes),
					attributes.bytes(annotation.salutation()),
					attributes.duration("idleTimeout", annotation.idleTimeout()),
					attributes.size("maxMessageSize", annotation.maxMessageSize()));
		}

		private static @Nullable FileProgressListener progress(IpfsListener annotation, AttributeResolver attributes) {
			FileProgressListener progress = attributes.object("progress", annotation.progress(),
					FileProgressListener.class);
			if (progress != null && attributes.isGeneral(progress)) {
				throw attributes.refusal("progress", annotation.progress(),
						"a bean that is told of the files of all listeners already. Declare it with "
								+ "@Bean(defaultCandidate = false), or leave the attribute out",
						null);
			}
			return progress;
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
			if (this.directory != null || this.progress != null) {
				options.files(this::apply);
			}
			if (this.salutation != null || this.idleTimeout != null || this.maxMessageSize != null) {
				options.conversations(this::apply);
			}
		}

		private FileReceiverOptions apply(FileReceiverOptions usual) {
			FileReceiverOptions options = usual;
			if (this.directory != null) {
				options = options.withDirectory(this.directory);
			}
			return (this.progress != null) ? options.withProgress(usual.progress().andThen(this.progress)) : options;
		}

		private ConversationOptions apply(ConversationOptions usual) {
			ConversationOptions options = usual;
			if (this.salutation != null) {
				options = options.withSalutation(this.salutation);
			}
			if (this.idleTimeout != null) {
				options = options.withIdleTimeout(this.idleTimeout);
			}
			return (this.maxMessageSize != null) ? options.withMaxMessageSize(this.maxMessageSize) : options;
		}

	}

}

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

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.github.ipfstoolkit.transmission.AckMode;
import io.github.ipfstoolkit.transmission.conversation.ConversationOptions;
import io.github.ipfstoolkit.transmission.file.FileReceiverOptions;
import org.junit.jupiter.api.Test;

import org.springframework.util.backoff.FixedBackOff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link IpfsListenerOptions}.
 */
class IpfsListenerOptionsTests {

	private static final Function<String, Executor> EXECUTORS = (id) -> Runnable::run;

	private static final IpfsListenerErrorHandler ERROR_HANDLER = (message, failure) -> {
	};

	private static final UnaryOperator<FileReceiverOptions> FILES = (files) -> files.withDirectory(Path.of("files"));

	private static final UnaryOperator<ConversationOptions> CONVERSATIONS = (conversations) -> conversations
		.withRetries(1);

	private static final Map<String, Object> OTHER_VALUES = Map.of("concurrency", 3, "autoStartup", false,
			"shutdownTimeout", Duration.ofSeconds(7), "startupFailurePolicy", StartupFailurePolicy.RETRY,
			"startupBackOff", new FixedBackOff(1, 2), "errorHandler", ERROR_HANDLER, "executorFactory", EXECUTORS,
			"ackMode", AckMode.RECEIVED, "files", FILES, "conversations", CONVERSATIONS);

	@Test
	void thereIsAnotherValueOfEveryOption() {
		assertThat(OTHER_VALUES).containsOnlyKeys(Stream.of(IpfsListenerOptions.class.getRecordComponents())
			.map(RecordComponent::getName)
			.toArray(String[]::new));
	}

	/**
	 * A mistake that others paid for: settings that are copied one by one are forgotten
	 * one by one.
	 */
	@Test
	void everyOptionSurvivesTheCopyThatOthersAreLaidOver() throws Exception {
		for (RecordComponent component : IpfsListenerOptions.class.getRecordComponents()) {
			IpfsListenerOptions.Builder builder = IpfsListenerOptions.builder();
			set(builder, component, OTHER_VALUES.get(component.getName()));
			IpfsListenerOptions copy = builder.build().toBuilder().build();
			assertThat(component.getAccessor().invoke(copy)).as(component.getName())
				.isEqualTo(OTHER_VALUES.get(component.getName()))
				.isNotEqualTo(component.getAccessor().invoke(IpfsListenerOptions.builder().build()));
		}
	}

	/**
	 * The same mistake, for the container: it has what the application and the endpoint
	 * say.
	 */
	@Test
	void everyOptionReachesTheContainer() throws Exception {
		for (RecordComponent component : IpfsListenerOptions.class.getRecordComponents()) {
			IpfsListenerOptions.Builder defaults = IpfsListenerOptions.builder();
			set(defaults, component, OTHER_VALUES.get(component.getName()));
			DefaultIpfsListenerContainerFactory factory = new DefaultIpfsListenerContainerFactory(defaults.build(),
					List.of(new StubSource()));
			IpfsListenerEndpoint endpoint = IpfsListenerEndpoint.of(IpfsListenerType.TOPIC, "news", (message) -> {
			});
			assertThat(component.getAccessor().invoke(factory.createContainer(endpoint).getOptions()))
				.as(component.getName())
				.isEqualTo(OTHER_VALUES.get(component.getName()));
			Object original = component.getAccessor().invoke(IpfsListenerOptions.builder().build());
			Object overlaid = (original instanceof Integer) ? 5 : original;
			endpoint = endpoint.withOptions((options) -> set(options, component, overlaid));
			assertThat(component.getAccessor().invoke(factory.createContainer(endpoint).getOptions()))
				.as(component.getName())
				.isEqualTo(overlaid);
		}
	}

	@Test
	void valuesOutOfRangeAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> IpfsListenerOptions.builder().concurrency(0).build())
			.withMessage("'concurrency' must be positive, but is 0");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> IpfsListenerOptions.builder().shutdownTimeout(Duration.ofSeconds(-1)).build());
	}

	@Test
	void shutdownTimeoutIsBelowThatOfAPhase() {
		assertThat(IpfsListenerOptions.builder().build().shutdownTimeout()).isLessThan(Duration.ofSeconds(30));
	}

	private static void set(IpfsListenerOptions.Builder builder, RecordComponent component, Object value) {
		try {
			Method setter = IpfsListenerOptions.Builder.class.getMethod(component.getName(), component.getType());
			setter.invoke(builder, value);
		}
		catch (ReflectiveOperationException ex) {
			throw new AssertionError(ex);
		}
	}

	private static final class StubSource implements IpfsListenerSource {

		@Override
		public IpfsListenerType type() {
			return IpfsListenerType.TOPIC;
		}

		@Override
		public Reception open(IpfsListenerEndpoint endpoint, IpfsListenerOptions options,
				IpfsMessageListener listener) {
			throw new UnsupportedOperationException();
		}

	}

}

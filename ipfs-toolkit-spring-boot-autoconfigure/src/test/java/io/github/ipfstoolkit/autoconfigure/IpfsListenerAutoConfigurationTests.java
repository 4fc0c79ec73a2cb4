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

package io.github.ipfstoolkit.autoconfigure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.annotation.IpfsListener;
import io.github.ipfstoolkit.annotation.IpfsListenerAnnotationBeanPostProcessor;
import io.github.ipfstoolkit.annotation.IpfsMessageHandlerMethodFactory;
import io.github.ipfstoolkit.annotation.IpfsTopicListener;
import io.github.ipfstoolkit.annotation.Sender;
import io.github.ipfstoolkit.core.TopicOperations;
import io.github.ipfstoolkit.listener.IpfsListenerContainerFactory;
import io.github.ipfstoolkit.listener.IpfsListenerEndpointRegistry;
import io.github.ipfstoolkit.listener.IpfsListenerErrorHandler;
import io.github.ipfstoolkit.listener.IpfsListenerOptions;
import io.github.ipfstoolkit.listener.StartupFailurePolicy;
import io.github.ipfstoolkit.listener.TopicListenerSource;
import io.github.ipfstoolkit.listener.TransmissionListenerSource;
import io.github.ipfstoolkit.testsupport.InMemoryTopics;
import io.github.ipfstoolkit.testsupport.InMemoryTransmissionReceivers;
import io.github.ipfstoolkit.transmission.AcceptancePolicy;
import io.github.ipfstoolkit.transmission.AckMode;
import io.github.ipfstoolkit.transmission.TransmissionReceivers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.messaging.handler.annotation.support.MessageHandlerMethodFactory;
import org.springframework.util.backoff.ExponentialBackOff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link IpfsListenerAutoConfiguration}.
 */
class IpfsListenerAutoConfigurationTests {

	private final InMemoryTransmissionReceivers receivers = new InMemoryTransmissionReceivers();

	private final InMemoryTopics topics = new InMemoryTopics();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(IpfsListenerAutoConfiguration.class))
		.withBean(TransmissionReceivers.class, () -> this.receivers)
		.withBean(TopicOperations.class, () -> this.topics);

	@Test
	void annotatedMethodsListen() {
		this.contextRunner.withUserConfiguration(Listener.class).run((context) -> {
			context.getBean(IpfsListenerEndpointRegistry.class).awaitActive(Duration.ofSeconds(30));
			Listener listener = context.getBean(Listener.class);
			assertThat(this.receivers.send("chat", "hello")).succeedsWithin(Duration.ofSeconds(30));
			assertThat(listener.text).isCompletedWithValue("hello from Contact[name=Alice]");
			this.topics.publish("news", "extra");
			assertThat(listener.news).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("extra");
		});
	}

	@Test
	void listenersEndWithTheContext() {
		this.contextRunner.withUserConfiguration(Listener.class)
			.run((context) -> assertThat(this.topics.topics()).containsExactly("news"));
		assertThat(this.topics.topics()).isEmpty();
		assertThat(this.receivers.send("chat", "late")).isCompletedExceptionally();
	}

	/**
	 * A mistake that others paid for: to lose all listeners by lazy initialization.
	 */
	@Test
	void listenersSurviveLazyInitialization() {
		this.contextRunner.withUserConfiguration(Listener.class, NotListening.class)
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> {
				assertThat(context.getSourceApplicationContext().getBeanFactory().containsSingleton("notListening"))
					.isFalse();
				assertThat(this.receivers.send("chat", "hello")).succeedsWithin(Duration.ofSeconds(30));
			});
	}

	/**
	 * A mistake that others paid for: to have no switch for tests.
	 */
	@Test
	void listenersCanBeKeptFromStarting() {
		this.contextRunner.withUserConfiguration(Listener.class)
			.withPropertyValues("ipfs.listener.auto-startup=false")
			.run((context) -> {
				assertThat(this.receivers.send("chat", "hello")).isCompletedExceptionally();
				context.getBean(IpfsListenerEndpointRegistry.class).start("chat");
				assertThat(this.receivers.send("chat", "hello")).succeedsWithin(Duration.ofSeconds(30));
			});
	}

	@Test
	void canBeSwitchedOff() {
		this.contextRunner.withUserConfiguration(Listener.class)
			.withPropertyValues("ipfs.listener.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(IpfsListenerEndpointRegistry.class)
				.doesNotHaveBean(IpfsListenerAnnotationBeanPostProcessor.class));
	}

	@Test
	void backsOffWithoutMessaging() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(MessageHandlerMethodFactory.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(IpfsListenerEndpointRegistry.class));
	}

	@Test
	void sourcesNeedTheirOperations() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(IpfsListenerAutoConfiguration.class))
			.run((context) -> assertThat(context).hasSingleBean(IpfsListenerEndpointRegistry.class)
				.doesNotHaveBean(TransmissionListenerSource.class)
				.doesNotHaveBean(TopicListenerSource.class));
	}

	@Test
	void whenHasUserDefinedBeansDoesNotAutoConfigureThem() {
		IpfsListenerContainerFactory containerFactory = mock(IpfsListenerContainerFactory.class);
		IpfsListenerEndpointRegistry registry = new IpfsListenerEndpointRegistry(containerFactory);
		IpfsMessageHandlerMethodFactory methodFactory = mock(IpfsMessageHandlerMethodFactory.class);
		TransmissionListenerSource transmissions = mock(TransmissionListenerSource.class);
		TopicListenerSource topics = mock(TopicListenerSource.class);
		this.contextRunner.withBean(IpfsListenerContainerFactory.class, () -> containerFactory)
			.withBean(IpfsListenerEndpointRegistry.class, () -> registry)
			.withBean(IpfsMessageHandlerMethodFactory.class, () -> methodFactory)
			.withBean(TransmissionListenerSource.class, () -> transmissions)
			.withBean(TopicListenerSource.class, () -> topics)
			.run((context) -> {
				assertThat(context).getBean(IpfsListenerContainerFactory.class).isSameAs(containerFactory);
				assertThat(context).getBean(IpfsListenerEndpointRegistry.class).isSameAs(registry);
				assertThat(context).getBean(IpfsMessageHandlerMethodFactory.class).isSameAs(methodFactory);
				assertThat(context).getBean(TransmissionListenerSource.class).isSameAs(transmissions);
				assertThat(context).getBean(TopicListenerSource.class).isSameAs(topics);
			});
	}

	@Test
	void whenHasUserDefinedErrorHandlerItIsTheDefault() {
		IpfsListenerErrorHandler errorHandler = (message, failure) -> {
		};
		this.contextRunner.withUserConfiguration(Listener.class)
			.withBean("ipfsListenerErrorHandler", IpfsListenerErrorHandler.class, () -> errorHandler)
			.run((context) -> assertThat(options(context.getBean(IpfsListenerEndpointRegistry.class)).errorHandler())
				.isSameAs(errorHandler));
	}

	@Test
	void otherErrorHandlersAreOnlyForThoseThatNameThem() {
		this.contextRunner.withUserConfiguration(Listener.class)
			.withBean("special", IpfsListenerErrorHandler.class, () -> (message, failure) -> {
			})
			.run((context) -> assertThat(options(context.getBean(IpfsListenerEndpointRegistry.class)).errorHandler())
				.isSameAs(context.getBean("ipfsListenerErrorHandler")));
	}

	@Test
	void jsonIsReadWithTheMapperOfTheApplication() {
		this.contextRunner.withUserConfiguration(JsonListener.class)
			.withBean(JsonMapper.class,
					() -> JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build())
			.run((context) -> {
				assertThat(this.receivers.send("json", "{\"first_name\":\"Ada\"}"))
					.succeedsWithin(Duration.ofSeconds(30));
				assertThat(context.getBean(JsonListener.class).person).isCompletedWithValue(new Person("Ada"));
			});
	}

	@Test
	void listenersTakeWhatThePolicyAccepts() {
		AcceptancePolicy policy = (offer) -> false;
		this.contextRunner.withUserConfiguration(Listener.class)
			.withBean(AcceptancePolicy.class, () -> policy)
			.run((context) -> assertThat(this.receivers.options("chat").acceptance()).isSameAs(policy));
	}

	@Test
	void propertiesAreTheDefaultsOfListeners() {
		this.contextRunner.withUserConfiguration(Listener.class)
			.withPropertyValues("ipfs.listener.concurrency=4", "ipfs.listener.ack-mode=received",
					"ipfs.listener.shutdown-timeout=7s", "ipfs.listener.startup.failure-policy=retry",
					"ipfs.listener.startup.retry.initial-interval=2s", "ipfs.listener.startup.retry.max-interval=20s",
					"ipfs.listener.startup.retry.max-attempts=5")
			.run((context) -> {
				IpfsListenerOptions options = options(context.getBean(IpfsListenerEndpointRegistry.class));
				assertThat(options.concurrency()).isEqualTo(4);
				assertThat(options.shutdownTimeout()).hasSeconds(7);
				assertThat(options.startupFailurePolicy()).isEqualTo(StartupFailurePolicy.RETRY);
				assertThat(options.startupBackOff()).isInstanceOfSatisfying(ExponentialBackOff.class, (backOff) -> {
					assertThat(backOff.getInitialInterval()).isEqualTo(2000);
					assertThat(backOff.getMultiplier()).isEqualTo(2);
					assertThat(backOff.getMaxInterval()).isEqualTo(20_000);
					assertThat(backOff.getMaxAttempts()).isEqualTo(5);
				});
				assertThat(this.receivers.options("chat").concurrency()).isEqualTo(4);
				assertThat(this.receivers.options("chat").ackMode()).isEqualTo(AckMode.RECEIVED);
			});
	}

	@Test
	void defaultsOfThePropertiesAreThoseOfTheOptions() {
		IpfsListenerProperties properties = new Binder(new MapConfigurationPropertySource())
			.bindOrCreate("ipfs.listener", IpfsListenerProperties.class);
		IpfsListenerOptions defaults = IpfsListenerOptions.builder().build();
		assertThat(properties.getAckMode()).isEqualTo(defaults.ackMode());
		assertThat(properties.isAutoStartup()).isEqualTo(defaults.autoStartup());
		assertThat(properties.getConcurrency()).isEqualTo(defaults.concurrency());
		assertThat(properties.getShutdownTimeout()).isEqualTo(defaults.shutdownTimeout());
		assertThat(properties.getStartup().getFailurePolicy()).isEqualTo(defaults.startupFailurePolicy());
		assertThat((ExponentialBackOff) defaults.startupBackOff()).satisfies((backOff) -> {
			IpfsListenerProperties.Retry retry = properties.getStartup().getRetry();
			assertThat(retry.getInitialInterval()).hasMillis(backOff.getInitialInterval());
			assertThat(retry.getMaxInterval()).hasMillis(backOff.getMaxInterval());
			assertThat(retry.getMaxAttempts()).isNull();
			assertThat(backOff.getMaxAttempts()).isEqualTo(Long.MAX_VALUE);
		});
	}

	@Test
	void threadsArePlatformThreadsNamedAfterTheListener() {
		this.contextRunner.withUserConfiguration(Listener.class).run((context) -> assertThread(context, (thread) -> {
			assertThat(thread.getName()).startsWith("ipfs-listener-chat-");
			assertThat(thread.isDaemon()).isTrue();
			assertThat(isVirtual(thread)).isFalse();
		}));
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void threadsAreVirtualWhereTheApplicationAsksForThem() {
		this.contextRunner.withUserConfiguration(Listener.class)
			.withPropertyValues("spring.threads.virtual.enabled=true")
			.run((context) -> assertThread(context, (thread) -> {
				assertThat(thread.getName()).startsWith("ipfs-listener-chat-");
				assertThat(isVirtual(thread)).isTrue();
			}));
	}

	@Test
	@EnabledForJreRange(max = JRE.JAVA_20)
	void threadsArePlatformThreadsWhereThereAreNoVirtualOnes() {
		this.contextRunner.withUserConfiguration(Listener.class)
			.withPropertyValues("spring.threads.virtual.enabled=true")
			.run((context) -> assertThread(context, (thread) -> assertThat(isVirtual(thread)).isFalse()));
	}

	private void assertThread(ApplicationContext context, Consumer<Thread> assertions) {
		assertThat(this.receivers.send("chat", "hello")).succeedsWithin(Duration.ofSeconds(30));
		assertThat(context.getBean(Listener.class).thread).isCompleted();
		assertions.accept(context.getBean(Listener.class).thread.join());
	}

	private static boolean isVirtual(Thread thread) {
		// compiled for Java 17, which does not know Thread.isVirtual()
		return thread.getClass().getSimpleName().equals("VirtualThread");
	}

	private static IpfsListenerOptions options(IpfsListenerEndpointRegistry registry) {
		return registry.find("chat").orElseThrow().getOptions();
	}

	record Contact(String name) {
	}

	record Person(String firstName) {
	}

	@Configuration(proxyBeanMethods = false)
	static class Listener {

		final CompletableFuture<String> text = new CompletableFuture<>();

		final CompletableFuture<String> news = new CompletableFuture<>();

		final CompletableFuture<Thread> thread = new CompletableFuture<>();

		@IpfsListener("chat")
		void on(String text, @Sender Contact from) {
			this.text.complete(text + " from " + from);
			this.thread.complete(Thread.currentThread());
		}

		@IpfsTopicListener("news")
		void onNews(String text) {
			this.news.complete(text);
		}

		@Bean
		Converter<PeerId, Contact> contacts() {
			return (peer) -> new Contact("Alice");
		}

	}

	@Configuration(value = "notListening", proxyBeanMethods = false)
	static class NotListening {

	}

	@Configuration(proxyBeanMethods = false)
	static class JsonListener {

		final CompletableFuture<Person> person = new CompletableFuture<>();

		@IpfsListener("json")
		void on(Person person) {
			this.person.complete(person);
		}

	}

}

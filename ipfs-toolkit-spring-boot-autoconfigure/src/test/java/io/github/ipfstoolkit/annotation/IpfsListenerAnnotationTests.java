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

import java.io.InputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.core.TopicMessage;
import io.github.ipfstoolkit.listener.ConversationListenerSource;
import io.github.ipfstoolkit.listener.DefaultIpfsListenerContainerFactory;
import io.github.ipfstoolkit.listener.FileListenerSource;
import io.github.ipfstoolkit.listener.InvalidListenerException;
import io.github.ipfstoolkit.listener.IpfsHeaders;
import io.github.ipfstoolkit.listener.IpfsListenerConfigurer;
import io.github.ipfstoolkit.listener.IpfsListenerContainer;
import io.github.ipfstoolkit.listener.IpfsListenerEndpoint;
import io.github.ipfstoolkit.listener.IpfsListenerEndpointRegistry;
import io.github.ipfstoolkit.listener.IpfsListenerErrorHandler;
import io.github.ipfstoolkit.listener.IpfsListenerOptions;
import io.github.ipfstoolkit.listener.IpfsListenerType;
import io.github.ipfstoolkit.listener.IpfsMessageConverter;
import io.github.ipfstoolkit.listener.ListenerExecutionFailedException;
import io.github.ipfstoolkit.listener.TopicListenerSource;
import io.github.ipfstoolkit.listener.TransmissionListenerSource;
import io.github.ipfstoolkit.testsupport.InMemoryTopics;
import io.github.ipfstoolkit.testsupport.InMemoryTransmissionReceivers;
import io.github.ipfstoolkit.transmission.AckMode;
import io.github.ipfstoolkit.transmission.ReceiverOptions;
import io.github.ipfstoolkit.transmission.Transmission;
import io.github.ipfstoolkit.transmission.conversation.Conversation;
import io.github.ipfstoolkit.transmission.conversation.ConversationOptions;
import io.github.ipfstoolkit.transmission.conversation.ConversationReceivers;
import io.github.ipfstoolkit.transmission.file.FileProgress;
import io.github.ipfstoolkit.transmission.file.FileProgressListener;
import io.github.ipfstoolkit.transmission.file.FileReceiverOptions;
import io.github.ipfstoolkit.transmission.file.FileReceivers;
import io.github.ipfstoolkit.transmission.file.ReceivedFile;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.messaging.Message;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.util.unit.DataSize;

import static io.github.ipfstoolkit.testsupport.InMemoryTransmissionReceivers.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;

/**
 * Tests for methods annotated with {@link IpfsListener} and {@link IpfsTopicListener}.
 */
class IpfsListenerAnnotationTests {

	private final InMemoryTransmissionReceivers receivers = new InMemoryTransmissionReceivers();

	private final InMemoryTopics topics = new InMemoryTopics();

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void payloadComesAsEachType() {
		Payloads bean = start(Payloads.class);
		byte[] json = "{\"name\":\"Grüße\",\"numbers\":[1,2]}".getBytes(StandardCharsets.UTF_8);
		for (String name : List.of("bytes", "text", "stream", "json", "list", "message", "messageOfText",
				"messageOfJson", "native", "annotated")) {
			byte[] payload = name.equals("list") ? "[{\"name\":\"a\",\"numbers\":[]}]".getBytes() : json;
			assertThat(this.receivers.send(name, payload)).as(name).succeedsWithin(Duration.ofSeconds(30));
		}
		String text = new String(json, StandardCharsets.UTF_8);
		Greeting greeting = new Greeting("Grüße", List.of(1, 2));
		assertThat(bean.received).containsExactly(json, text, text, greeting, List.of(new Greeting("a", List.of())),
				json, text, greeting, text, text);
	}

	@Test
	void emptyPayloadIsAnEmptyText() {
		Payloads bean = start(Payloads.class);
		this.receivers.send("text", new byte[0]).join();
		this.receivers.send("bytes", new byte[0]).join();
		assertThat(bean.received).containsExactly("", new byte[0]);
	}

	@Test
	void badJsonIsNotAccepted() {
		Payloads bean = start(Payloads.class);
		assertThat(this.receivers.send("json", "{oops")).failsWithin(Duration.ofSeconds(30))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(ListenerExecutionFailedException.class)
			.havingCause()
			.isInstanceOf(MessageConversionException.class);
		assertThat(bean.received).isEmpty();
	}

	@Test
	void senderComesAsEachType() {
		Senders bean = start(Senders.class);
		for (String name : List.of("peerId", "text", "contact", "stranger", "optional", "optionalStranger")) {
			assertThat(this.receivers.send(name, "hello")).as(name).succeedsWithin(Duration.ofSeconds(30));
		}
		assertThat(bean.received).containsExactly(ALICE, ALICE.toString(), new Contact("Alice"), "none",
				Optional.of(new Contact("Alice")), Optional.empty());
	}

	@Test
	void headersCome() {
		HeaderTaking bean = start(HeaderTaking.class);
		assertThat(this.receivers.send("headers", "hello")).succeedsWithin(Duration.ofSeconds(30));
		assertThat(bean.received).containsExactly(ALICE.toString(), 5L, "headers");
	}

	@Test
	void topicComesAsEachType() {
		Topics bean = start(Topics.class);
		this.topics.publish("text", "hello");
		this.topics.publish("json", "{\"name\":\"hello\",\"numbers\":[]}");
		this.topics.publish("stream", "hello");
		this.topics.publish("native", "hello");
		await().untilAsserted(() -> assertThat(bean.received).containsExactlyInAnyOrder("hello from " + ALICE,
				new Greeting("hello", List.of()), "hello", "hello"));
		assertThat(registry().find("topic:text")).isPresent();
	}

	@Test
	void attributesAreResolved() {
		this.context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("test", Map.of("room", "kitchen", "threads", "3", "start", "false")));
		start(Attributes.class);
		IpfsListenerContainer container = registry().find("kitchen-listener").orElseThrow();
		assertThat(container.getEndpoint().name()).isEqualTo("kitchen-chat");
		assertThat(container.isRunning()).isFalse();
		assertThat(container.getOptions().concurrency()).isEqualTo(3);
		assertThat(container.getOptions().ackMode()).isEqualTo(AckMode.RECEIVED);
		assertThat(container.getOptions().errorHandler()).isSameAs(this.context.getBean("recovering"));
		assertThat(container.getOptions().executorFactory().apply("any")).isSameAs(this.context.getBean("pool"));
		registry().start("kitchen-listener");
		assertThat(this.receivers.options("kitchen-chat").concurrency()).isEqualTo(3);
		assertThat(this.receivers.send("kitchen-chat", "fails")).succeedsWithin(Duration.ofSeconds(30));
	}

	@Test
	void attributesOfConversationsAreResolved() {
		this.context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("test", Map.of("name", "Grüße", "idle", "10m", "most", "1MB")));
		start(ConversationAttributes.class);
		ConversationOptions usual = ConversationOptions.defaults();
		ConversationOptions all = registry().find("conversation:all")
			.orElseThrow()
			.getOptions()
			.conversations()
			.apply(usual);
		assertThat(all).usingRecursiveComparison()
			.isEqualTo(usual.withSalutation("Grüße von hier".getBytes(StandardCharsets.UTF_8))
				.withIdleTimeout(Duration.ofMinutes(10))
				.withMaxMessageSize(DataSize.ofMegabytes(1)));
		ConversationOptions bytes = registry().find("conversation:bytes")
			.orElseThrow()
			.getOptions()
			.conversations()
			.apply(usual);
		assertThat(bytes).usingRecursiveComparison()
			.isEqualTo(usual.withSalutation(new byte[] { -1, 0 }).withIdleTimeout(Duration.ZERO));
		assertThat(registry().find("conversation:none").orElseThrow().getOptions().conversations().apply(usual))
			.isSameAs(usual);
	}

	@Test
	void attributesOfFilesAreResolved() {
		start(FileAttributes.class);
		List<String> general = new ArrayList<>();
		FileReceiverOptions usual = FileReceiverOptions.of(Path.of("usual"))
			.withProgress((progress) -> general.add(progress.name()));
		FileReceiverOptions own = registry().find("file:own").orElseThrow().getOptions().files().apply(usual);
		FileProgress progress = new FileProgress(ALICE, "own", "a.bin", 1, 2);
		own.progress().onProgress(progress);
		assertThat(general).containsExactly("a.bin");
		assertThat(this.context.getBean(FileAttributes.class).own).containsExactly(progress);
		assertThat(own.withProgress(usual.progress())).isEqualTo(usual);
		FileReceiverOptions elsewhere = registry().find("file:elsewhere")
			.orElseThrow()
			.getOptions()
			.files()
			.apply(usual);
		assertThat(elsewhere).isEqualTo(usual.withDirectory(Path.of("elsewhere")));
	}

	/**
	 * The same mistake, for the annotation: what it does not say comes from the
	 * application.
	 */
	@Test
	void attributesThatAreNotSetLeaveTheDefaults() {
		start(Payloads.class);
		IpfsListenerOptions options = registry().find("text").orElseThrow().getOptions();
		assertThat(options).isEqualTo(this.context.getBean("defaults", IpfsListenerOptions.class));
	}

	@Test
	void oneMethodListensToSeveralNames() {
		Repeated bean = start(Repeated.class);
		this.receivers.send("one", "1").join();
		this.receivers.send("two", "2").join();
		this.topics.publish("three", "3");
		this.topics.publish("four", "4");
		await().untilAsserted(() -> assertThat(bean.received).containsExactlyInAnyOrder("1", "2", "3", "4"));
	}

	@Test
	void annotationMayBeComposed() {
		Composed bean = start(Composed.class);
		this.receivers.send("composed", "hello").join();
		assertThat(bean.received).containsExactly("hello");
	}

	/**
	 * A mistake that others paid for: to make beans too early, or to fail on those of the
	 * same class.
	 */
	@Test
	void configurationMayHoldListenerAndWhatItRefersTo() {
		// as Spring Boot does
		this.context.setAllowCircularReferences(false);
		SameClass bean = start(SameClass.class);
		assertThat(this.receivers.send("same", "hello")).succeedsWithin(Duration.ofSeconds(30));
		assertThat(bean.handled.get()).hasMessage("on purpose");
	}

	/**
	 * A mistake that others paid for: what a listener refers to is not made before its
	 * turn.
	 */
	@Test
	void listenerDoesNotMakeWhatItRefersToTooEarly() {
		List<String> made = Collections.synchronizedList(new ArrayList<>());
		this.context.registerBean("referring", Referring.class);
		this.context.registerBean("other", Object.class, () -> {
			made.add("other");
			return new Object();
		});
		this.context.registerBean("late", IpfsListenerErrorHandler.class, () -> {
			made.add("late");
			return (message, failure) -> {
			};
		});
		start(Payloads.class);
		assertThat(made).containsExactly("other", "late");
		assertThat(this.receivers.send("referring", "hello")).succeedsWithin(Duration.ofSeconds(30));
	}

	@Test
	void listenerOfAClassProxyIsCalledThroughIt() {
		AtomicReference<Method> intercepted = new AtomicReference<>();
		this.context.registerBean(ProxyCreator.class, () -> new ProxyCreator(true, intercepted));
		start(ProxiedListener.class);
		assertThat(this.receivers.send("proxied", "hello")).succeedsWithin(Duration.ofSeconds(30));
		assertThat(intercepted.get().getName()).isEqualTo("on");
	}

	@Test
	void listenerOfAnInterfaceProxyIsRefusedUnlessTheInterfaceHasTheMethod() {
		this.context.registerBean(ProxyCreator.class, () -> new ProxyCreator(false, new AtomicReference<>()));
		assertThatExceptionOfType(InvalidListenerException.class).isThrownBy(() -> start(ProxiedListener.class))
			.withMessageContaining("can not be called")
			.withMessageContaining("proxy-target-class");
	}

	@Test
	void prototypeIsRefused() {
		this.context.registerBean("proto", Repeated.class, (definition) -> definition.setScope("prototype"));
		start(Payloads.class);
		assertThatExceptionOfType(BeanCreationException.class).isThrownBy(() -> this.context.getBean("proto"))
			.withRootCauseInstanceOf(InvalidListenerException.class)
			.withMessageContaining("The bean 'proto' has listener methods but is no singleton");
	}

	@Test
	void lazyBeanListensFromWhenItIsMade() {
		start(Payloads.class, LazyListener.class);
		assertThat(registry().find("lazy")).isEmpty();
		this.context.getBean(LazyListener.class);
		assertThat(this.receivers.send("lazy", "hello")).succeedsWithin(Duration.ofSeconds(30));
	}

	@Test
	void configurerRegistersListenersWithoutAnAnnotation() {
		List<Object> received = Collections.synchronizedList(new ArrayList<>());
		this.context.registerBean(IpfsListenerConfigurer.class,
				() -> (registry) -> registry.register(IpfsListenerEndpoint.of(IpfsListenerType.TRANSMISSION, "manual",
						(message) -> received.add(message.getHeaders().get(IpfsHeaders.SENDER)))));
		start(Payloads.class);
		this.receivers.send("manual", "hello").join();
		assertThat(received).containsExactly(ALICE);
	}

	@Test
	void methodThatReturnsAValueForATopicIsRefused() {
		assertRefused(ReturningToTopic.class, "returns a value, but there is nobody to send it to: make it void");
	}

	@Test
	void methodThatReturnsMoreThanOneValueIsRefused() {
		assertRefused(ReturningMany.class, "returns more than one value, but an answer is one");
	}

	@Test
	void conversationListenerThatTakesAMessageIsRefused() {
		assertRefused(ConversingInText.class, "listens to conversations, but takes a message");
	}

	@Test
	void valueThatNobodyWaitsForIsDropped() {
		ReturningToTopicLater bean = start(ReturningToTopicLater.class);
		this.topics.publish("returning", "hello");
		await().untilAsserted(() -> assertThat(bean.received).containsExactly("hello"));
	}

	/**
	 * A mistake that others paid for: to let what a method does asynchronously outlive
	 * its permit, and the listener.
	 */
	@Test
	void whatAMethodDoesLaterIsPartOfHandlingTheMessage() {
		WorkingLater bean = start(WorkingLater.class);
		CompletableFuture<Void> handled = CompletableFuture.supplyAsync(() -> this.receivers.send("later", "hello"))
			.thenCompose((sent) -> sent);
		await().until(() -> bean.begun.getCount() == 0);
		CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> registry().stop("later"));
		await().until(() -> this.receivers.calls().contains("drain later"));
		assertThat(handled).isNotDone();
		assertThat(stopped).isNotDone();
		bean.work.complete(null);
		assertThat(handled).succeedsWithin(Duration.ofSeconds(30));
		assertThat(stopped).succeedsWithin(Duration.ofSeconds(30));
	}

	@Test
	void senderOfAnUnknownTypeIsRefused() {
		assertRefused(UnknownSender.class, "there is no bean of type Converter<PeerId, Greeting>");
	}

	@Test
	void twoPayloadsAreRefused() {
		assertRefused(TwoPayloads.class, "has 2 parameters that would take the payload");
	}

	@Test
	void messageOfAnotherTypeIsRefused() {
		assertRefused(WrongType.class, "takes a TopicMessage, but listens to messages of type TRANSMISSION");
	}

	@Test
	void emptyNameIsRefused() {
		assertRefused(EmptyName.class, "comes to nothing");
	}

	@Test
	void wrongConcurrencyIsRefused() {
		assertRefused(WrongConcurrency.class,
				"The 'concurrency' of listener method void %s.on(java.lang.String) is 'many', which is no integer"
					.formatted(WrongConcurrency.class.getName()));
	}

	@Test
	void unknownAckModeIsRefused() {
		assertRefused(UnknownAckMode.class,
				"The 'ackMode' of listener method void %s.on(java.lang.String) is 'never', which is none of [handled, received]"
					.formatted(UnknownAckMode.class.getName()));
	}

	@Test
	void unknownErrorHandlerIsRefused() {
		assertRefused(UnknownErrorHandler.class,
				"The 'errorHandler' of listener method void %s.on(java.lang.String) is 'missing', which is no bean"
					.formatted(UnknownErrorHandler.class.getName()));
	}

	@Test
	void concurrencyOutOfItsRangeIsRefused() {
		assertRefused(NoConcurrency.class,
				"of listener method void %s.on(java.lang.String) is out of its range: 'concurrency' must be positive, but is 0"
					.formatted(NoConcurrency.class.getName()));
	}

	@Test
	void idleTimeoutThatIsNoDurationIsRefused() {
		assertRefused(UnreadableIdleTimeout.class,
				("The 'idleTimeout' of listener method void %s.on(%s) is 'soon', which is no duration. "
						+ "Write a number and a unit, such as 30s, 10m or 2h")
					.formatted(UnreadableIdleTimeout.class.getName(), Conversation.class.getName()));
	}

	@Test
	void idleTimeoutOutOfItsRangeIsRefused() {
		assertRefused(NegativeIdleTimeout.class, "is out of its range: 'idleTimeout' must not be negative");
	}

	@Test
	void maxMessageSizeThatIsNoSizeIsRefused() {
		assertRefused(UnreadableMaxMessageSize.class,
				"is 'much', which is no size. Write a number and a unit, such as 100KB or 1MB");
	}

	@Test
	void longSalutationIsRefused() {
		assertRefused(LongSalutation.class, "is out of its range: 'salutation' must not be longer than 65536 bytes");
	}

	@Test
	void unknownProgressIsRefused() {
		assertRefused(UnknownProgress.class,
				("The 'progress' of listener method void %s.on(%s) is 'missing', which is no bean of type %s. "
						+ "Name such a bean, or leave the attribute out")
					.formatted(UnknownProgress.class.getName(), ReceivedFile.class.getName(),
							FileProgressListener.class.getName()));
	}

	@Test
	void progressThatIsToldOfAllListenersIsRefused() {
		assertRefused(GeneralProgress.class, "told of the files of all listeners already. Declare it with "
				+ "@Bean(defaultCandidate = false), or leave the attribute out");
	}

	@Test
	void attributeOfAnotherTypeOfListenerIsRefused() {
		assertRefused(IdleMessages.class, "has the attribute 'idleTimeout', which has no effect there. "
				+ "Use @IpfsConversationListener, or leave it out");
	}

	@Test
	void directoryOfAListenerThatTakesNoFilesIsRefused() {
		assertRefused(MessagesInADirectory.class,
				"has the attribute 'directory', which has no effect there. Use @IpfsFileListener, or leave it out");
	}

	private void assertRefused(Class<?> type, String message) {
		assertThatExceptionOfType(InvalidListenerException.class).isThrownBy(() -> start(type))
			.withMessageContaining(message);
	}

	private IpfsListenerEndpointRegistry registry() {
		return this.context.getBean(IpfsListenerEndpointRegistry.class);
	}

	private <T> T start(Class<T> type, Class<?>... others) {
		ReceiverOptions receiverOptions = new ReceiverOptions(1, 1, DataSize.ofBytes(1), Duration.ZERO, Duration.ZERO,
				Runnable::run);
		this.context.registerBean("defaults", IpfsListenerOptions.class,
				() -> IpfsListenerOptions.builder().concurrency(7).build());
		this.context.registerBean("containerFactory", DefaultIpfsListenerContainerFactory.class,
				() -> new DefaultIpfsListenerContainerFactory(this.context.getBean(IpfsListenerOptions.class),
						List.of(new TransmissionListenerSource(this.receivers, receiverOptions),
								new TopicListenerSource(this.topics),
								new ConversationListenerSource(mock(ConversationReceivers.class), receiverOptions),
								new FileListenerSource(mock(FileReceivers.class), receiverOptions))));
		this.context.registerBean("registry", IpfsListenerEndpointRegistry.class);
		this.context.registerBean("methodFactory", IpfsMessageHandlerMethodFactory.class, () -> {
			DefaultConversionService conversionService = new DefaultConversionService();
			conversionService.addConverter(PeerId.class, Contact.class, (peer) -> new Contact("Alice"));
			conversionService.addConverter(PeerId.class, Stranger.class, (Converter<PeerId, Stranger>) (peer) -> null);
			return new IpfsMessageHandlerMethodFactory(new IpfsMessageConverter(JsonMapper.builder().build()),
					conversionService);
		});
		this.context.registerBean(IpfsListenerAnnotationBeanPostProcessor.class);
		this.context.register(type);
		List.of(others).forEach(this.context::register);
		this.context.refresh();
		return this.context.getBean(type);
	}

	record Greeting(String name, List<Integer> numbers) {
	}

	record Contact(String name) {
	}

	record Stranger(String name) {
	}

	static class Recording {

		final List<Object> received = Collections.synchronizedList(new ArrayList<>());

	}

	static class Payloads extends Recording {

		@IpfsListener("bytes")
		void bytes(byte[] payload) {
			this.received.add(payload);
		}

		@IpfsListener("text")
		void text(String payload) {
			this.received.add(payload);
		}

		@IpfsListener("stream")
		void stream(InputStream payload) throws Exception {
			this.received.add(new String(payload.readAllBytes(), StandardCharsets.UTF_8));
		}

		@IpfsListener("json")
		void json(Greeting payload) {
			this.received.add(payload);
		}

		@IpfsListener("list")
		void list(List<Greeting> payload) {
			this.received.add(payload);
		}

		@IpfsListener("message")
		void message(Message<?> message) {
			this.received.add(message.getPayload());
		}

		@IpfsListener("messageOfText")
		void messageOfText(Message<String> message) {
			this.received.add(message.getPayload());
		}

		@IpfsListener("messageOfJson")
		void messageOfJson(Message<Greeting> message) {
			this.received.add(message.getPayload());
		}

		@IpfsListener("native")
		private void transmission(Transmission transmission) throws Exception {
			this.received.add(new String(transmission.bytes(), StandardCharsets.UTF_8));
		}

		@IpfsListener("annotated")
		void annotated(@Payload String payload, Transmission transmission) {
			this.received.add(payload);
		}

	}

	static class Senders extends Recording {

		@IpfsListener("peerId")
		void peerId(String text, @Sender PeerId from) {
			this.received.add(from);
		}

		@IpfsListener("text")
		void text(@Sender String from, String text) {
			this.received.add(from);
		}

		@IpfsListener("contact")
		void contact(@Sender Contact from) {
			this.received.add(from);
		}

		@IpfsListener("stranger")
		void stranger(@Sender @Nullable Stranger from) {
			this.received.add((from != null) ? from : "none");
		}

		@IpfsListener("optional")
		void optional(@Sender Optional<Contact> from) {
			this.received.add(from);
		}

		@IpfsListener("optionalStranger")
		void optionalStranger(@Sender Optional<Stranger> from) {
			this.received.add(from);
		}

	}

	static class HeaderTaking extends Recording {

		@IpfsListener("headers")
		void headers(String text, @Header(IpfsHeaders.SENDER) String sender, @Header(IpfsHeaders.LENGTH) long length,
				@Headers Map<String, Object> headers) {
			this.received.addAll(List.of(sender, length, headers.get(IpfsHeaders.LISTENER)));
		}

	}

	static class Topics extends Recording {

		@IpfsTopicListener("text")
		void text(String text, @Sender PeerId from) {
			this.received.add(text + " from " + from);
		}

		@IpfsTopicListener("json")
		void json(Greeting payload) {
			this.received.add(payload);
		}

		@IpfsTopicListener("stream")
		void stream(InputStream payload) throws Exception {
			this.received.add(new String(payload.readAllBytes(), StandardCharsets.UTF_8));
		}

		@IpfsTopicListener("native")
		void message(TopicMessage message) {
			this.received.add(message.text());
		}

	}

	static class UnknownAckMode {

		@IpfsListener(value = "x", ackMode = "never")
		void on(String text) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Attributes {

		@IpfsListener(value = "${room}-chat", id = "#{'${room}' + '-listener'}", concurrency = "${threads}",
				autoStartup = "${start}", errorHandler = "recovering", executor = "#{@pool}", ackMode = "received")
		void on(String text) {
			throw new IllegalStateException("on purpose");
		}

		@Bean
		IpfsListenerErrorHandler recovering() {
			return (message, failure) -> {
			};
		}

		@Bean
		Executor pool() {
			return new SimpleAsyncTaskExecutor();
		}

	}

	static class Repeated extends Recording {

		@IpfsListener("one")
		@IpfsListener("two")
		@IpfsTopicListener("three")
		@IpfsTopicListener("four")
		void on(String text) {
			this.received.add(text);
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@IpfsListener("composed")
	@interface ComposedListener {

	}

	static class Composed extends Recording {

		@ComposedListener
		void on(String text) {
			this.received.add(text);
		}

	}

	@Configuration
	static class SameClass {

		final AtomicReference<Throwable> handled = new AtomicReference<>();

		@IpfsListener(value = "same", errorHandler = "sameClassErrorHandler")
		void on(String text) {
			throw new IllegalStateException("on purpose");
		}

		@Bean
		IpfsListenerErrorHandler sameClassErrorHandler() {
			return (message, failure) -> this.handled.set(failure.getCause());
		}

	}

	static class Referring {

		@IpfsListener(value = "referring", errorHandler = "late")
		void on(String text) {
			throw new IllegalStateException("on purpose");
		}

	}

	interface Marker {

	}

	static class ProxiedListener implements Marker {

		@IpfsListener("proxied")
		void on(String text) {
		}

	}

	record ProxyCreator(boolean ofClass, AtomicReference<Method> intercepted) implements BeanPostProcessor, Ordered {

		@Override
		public int getOrder() {
			return 0;
		}

		@Override
		public Object postProcessAfterInitialization(Object bean, String beanName) {
			if (!(bean instanceof ProxiedListener)) {
				return bean;
			}
			ProxyFactory factory = new ProxyFactory(bean);
			factory.setProxyTargetClass(this.ofClass);
			factory.addAdvice((MethodInterceptor) (invocation) -> {
				this.intercepted.set(invocation.getMethod());
				return invocation.proceed();
			});
			return factory.getProxy();
		}

	}

	@Lazy
	static class LazyListener {

		@IpfsListener("lazy")
		void on(String text) {
		}

	}

	static class ReturningToTopic {

		@IpfsTopicListener("returning")
		String on(String text) {
			return text;
		}

	}

	static class ReturningToTopicLater {

		final List<String> received = Collections.synchronizedList(new ArrayList<>());

		@IpfsTopicListener("returning")
		Mono<Void> on(String text) {
			return Mono.fromRunnable(() -> this.received.add(text));
		}

	}

	static class WorkingLater {

		final CountDownLatch begun = new CountDownLatch(1);

		final CompletableFuture<Void> work = new CompletableFuture<>();

		@IpfsListener("later")
		CompletableFuture<Void> on(String text) {
			this.begun.countDown();
			return this.work;
		}

	}

	static class ReturningMany {

		@IpfsListener("returning")
		Flux<String> on(String text) {
			return Flux.just(text, text);
		}

	}

	static class ConversingInText {

		@IpfsConversationListener("talk")
		void on(String text) {
		}

	}

	static class UnknownSender {

		@IpfsListener("unknown")
		void on(@Sender Greeting from) {
		}

	}

	static class TwoPayloads {

		@IpfsListener("two")
		void on(String text, PeerId from) {
		}

	}

	static class WrongType {

		@IpfsListener("wrong")
		void on(TopicMessage message) {
		}

	}

	static class EmptyName {

		@IpfsListener("#{null}")
		void on(String text) {
		}

	}

	static class WrongConcurrency {

		@IpfsListener(value = "wrong", concurrency = "many")
		void on(String text) {
		}

	}

	static class NoConcurrency {

		@IpfsListener(value = "wrong", concurrency = "0")
		void on(String text) {
		}

	}

	static class ConversationAttributes {

		@IpfsConversationListener(value = "all", salutation = "${name} von hier", idleTimeout = "${idle}",
				maxMessageSize = "${most}", autoStartup = "false")
		void all(Conversation conversation) {
		}

		@IpfsConversationListener(value = "bytes", salutation = "#{new byte[] {-1, 0}}", idleTimeout = "0",
				autoStartup = "false")
		void bytes(Conversation conversation) {
		}

		@IpfsConversationListener(value = "none", idleTimeout = "${absent:}", autoStartup = "false")
		void none(Conversation conversation) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FileAttributes {

		final List<FileProgress> own = new ArrayList<>();

		@IpfsFileListener(value = "own", progress = "ownProgress", autoStartup = "false")
		void own(ReceivedFile file) {
		}

		@IpfsFileListener(value = "elsewhere", directory = "elsewhere", autoStartup = "false")
		void elsewhere(ReceivedFile file) {
		}

		@Bean(defaultCandidate = false)
		FileProgressListener ownProgress() {
			return this.own::add;
		}

	}

	static class UnreadableIdleTimeout {

		@IpfsConversationListener(value = "wrong", idleTimeout = "soon")
		void on(Conversation conversation) {
		}

	}

	static class NegativeIdleTimeout {

		@IpfsConversationListener(value = "wrong", idleTimeout = "-1s")
		void on(Conversation conversation) {
		}

	}

	static class UnreadableMaxMessageSize {

		@IpfsConversationListener(value = "wrong", maxMessageSize = "much")
		void on(Conversation conversation) {
		}

	}

	static class LongSalutation {

		@IpfsConversationListener(value = "wrong", salutation = "#{new byte[65537]}")
		void on(Conversation conversation) {
		}

	}

	static class UnknownProgress {

		@IpfsFileListener(value = "wrong", progress = "missing")
		void on(ReceivedFile file) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class GeneralProgress {

		@IpfsFileListener(value = "wrong", progress = "general")
		void on(ReceivedFile file) {
		}

		@Bean
		FileProgressListener general() {
			return FileProgressListener.none();
		}

	}

	static class IdleMessages {

		@IpfsListener(value = "wrong", idleTimeout = "1m")
		void on(String text) {
		}

	}

	static class MessagesInADirectory {

		@IpfsListener(value = "wrong", directory = "somewhere")
		void on(String text) {
		}

	}

	static class UnknownErrorHandler {

		@IpfsListener(value = "wrong", errorHandler = "missing")
		void on(String text) {
		}

	}

}

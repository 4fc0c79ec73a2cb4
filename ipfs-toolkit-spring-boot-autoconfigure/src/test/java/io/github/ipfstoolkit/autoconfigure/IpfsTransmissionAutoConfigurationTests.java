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

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.contacts.ContactOperations;
import io.github.ipfstoolkit.node.IpfsNode;
import io.github.ipfstoolkit.p2p.PeerDirectory;
import io.github.ipfstoolkit.p2p.PortRange;
import io.github.ipfstoolkit.p2p.SwarmPeerDirectory;
import io.github.ipfstoolkit.p2p.TunnelOperations;
import io.github.ipfstoolkit.p2p.TunnelOptions;
import io.github.ipfstoolkit.p2p.TunnelTemplate;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import io.github.ipfstoolkit.transmission.AcceptancePolicy;
import io.github.ipfstoolkit.transmission.Offer;
import io.github.ipfstoolkit.transmission.ReceiverOptions;
import io.github.ipfstoolkit.transmission.SenderOptions;
import io.github.ipfstoolkit.transmission.TransmissionCipher;
import io.github.ipfstoolkit.transmission.TransmissionOperations;
import io.github.ipfstoolkit.transmission.TransmissionReceivers;
import io.github.ipfstoolkit.transmission.TransmissionTemplate;
import io.github.ipfstoolkit.transmission.buffer.BufferOperations;
import io.github.ipfstoolkit.transmission.buffer.BufferOptions;
import io.github.ipfstoolkit.transmission.conversation.ConversationOperations;
import io.github.ipfstoolkit.transmission.conversation.ConversationOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockingDetails;

/**
 * Tests for {@link IpfsTransmissionAutoConfiguration}.
 */
class IpfsTransmissionAutoConfigurationTests {

	private static final PeerId PEER = PeerId.of("12D3KooWSqWVnXUtxkWGg8mTJzHhgwgrQDSxLEZsTZbDyGNnBtjn");

	private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(IpfsTransmissionAutoConfiguration.class))
		.withBean(Kubo.class, () -> mock(Kubo.class));

	@Test
	void providesTunnelsAndTransmissions() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(TunnelTemplate.class)
			.hasSingleBean(TransmissionTemplate.class)
			.hasSingleBean(TransmissionReceivers.class)
			.hasSingleBean(BufferOperations.class)
			.getBean(PeerDirectory.class)
			.isInstanceOf(SwarmPeerDirectory.class));
	}

	@Test
	void withoutNodeProvidesNothing() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(IpfsTransmissionAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(TunnelOperations.class)
				.doesNotHaveBean(TransmissionOperations.class));
	}

	@Test
	void backsOffForUserDefinedBeans() {
		this.contextRunner.withBean(TunnelOperations.class, () -> mock(TunnelOperations.class))
			.withBean(PeerDirectory.class, () -> mock(PeerDirectory.class))
			.withBean(TransmissionOperations.class, () -> mock(TransmissionOperations.class))
			.withBean(TransmissionReceivers.class, () -> mock(TransmissionReceivers.class))
			.run((context) -> assertThat(context).doesNotHaveBean(TunnelTemplate.class)
				.doesNotHaveBean(SwarmPeerDirectory.class)
				.doesNotHaveBean(TransmissionTemplate.class)
				.hasSingleBean(TransmissionReceivers.class));
	}

	@Test
	void tunnelsAndTransmissionsStopAfterTheirUsersAndBeforeTheNode() {
		this.contextRunner.run((context) -> {
			int phase = Integer.MIN_VALUE / 2 - 100;
			for (SmartLifecycle bean : context.getBeansOfType(SmartLifecycle.class).values()) {
				if (bean instanceof TunnelTemplate || bean instanceof TransmissionTemplate) {
					assertThat(bean.getPhase()).isEqualTo(phase);
					assertThat(bean.isRunning()).isTrue();
					assertThat(bean.isPauseable()).isFalse();
				}
			}
			assertThat(TunnelTemplate.PHASE).isEqualTo(phase);
			assertThat(TransmissionTemplate.PHASE).isEqualTo(phase);
		});
	}

	@Test
	void startsWithoutAskingTheNode() {
		IpfsNode node = mock(IpfsNode.class);
		given(node.endpoint()).willReturn(new RpcEndpoint(URI.create("http://node:5001"), null));
		this.contextRunner.withBean(IpfsNode.class, () -> node).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(mockingDetails(node).getInvocations()).isEmpty();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "ipfs.p2p.timeout=0s", "ipfs.p2p.connect-timeout=0s", "ipfs.p2p.forward-ports=5-1",
			"ipfs.transmission.timeout=0s", "ipfs.transmission.retries=-1", "ipfs.transmission.max-streams=0",
			"ipfs.transmission.idle-timeout=0s", "ipfs.transmission.accept=contacts",
			"ipfs.transmission.buffer.linger=-1s", "ipfs.transmission.conversation.idle-timeout=-1s",
			"ipfs.transmission.conversation.max-duration=-1s", "ipfs.transmission.buffer.read-timeout=-1s",
			"ipfs.transmission.peer-share=0", "ipfs.transmission.peer-share=1.1" })
	void valueOutOfRangeIsReported(String property) {
		this.contextRunner.withPropertyValues(property)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageMatching("(?s).*(no range of ports|is invalid).*"));
	}

	@Test
	void acceptsFromEveryPeerByDefault() {
		Offer offer = Offer.of(PEER, "chat", 1);
		this.contextRunner
			.run((context) -> assertThat(context.getBean(AcceptancePolicy.class).accepts(offer)).isTrue());
	}

	@Test
	void acceptsFromContactsAlone() {
		ContactOperations contacts = mock(ContactOperations.class);
		given(contacts.find(PEER)).willReturn(Optional.empty());
		this.contextRunner.withBean(ContactOperations.class, () -> contacts)
			.withPropertyValues("ipfs.transmission.accept=contacts")
			.run((context) -> assertThat(context.getBean(AcceptancePolicy.class).accepts(Offer.of(PEER, "chat")))
				.isFalse());
	}

	@Test
	void applicationsPolicyDecides() {
		AcceptancePolicy policy = (offer) -> false;
		this.contextRunner.withBean(AcceptancePolicy.class, () -> policy)
			.withPropertyValues("ipfs.transmission.accept=contacts")
			.run((context) -> assertThat(context).getBean(AcceptancePolicy.class).isSameAs(policy));
	}

	@Test
	void encryptsWithTheSharedKey() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(TransmissionCipher.class));
		this.contextRunner.withPropertyValues("ipfs.transmission.encryption.key=" + KEY).run((context) -> {
			TransmissionCipher cipher = context.getBean(TransmissionCipher.class);
			assertThat(cipher.decrypt(cipher.encrypt(new byte[] { 1, 2, 3 }))).containsExactly(1, 2, 3);
		});
	}

	@Test
	void applicationsCipherEncrypts() {
		TransmissionCipher cipher = mock(TransmissionCipher.class);
		this.contextRunner.withBean(TransmissionCipher.class, () -> cipher)
			.withPropertyValues("ipfs.transmission.encryption.key=" + KEY)
			.run((context) -> assertThat(context).getBean(TransmissionCipher.class).isSameAs(cipher));
	}

	@ParameterizedTest
	@ValueSource(strings = { "c2VjcmV0", "secret key!", "" })
	void keyThatIsNoneIsReportedWithoutBeingShown(String key) {
		this.contextRunner.withPropertyValues("ipfs.transmission.encryption.key=" + key)
			.run((context) -> assertThat(analyze(context.getStartupFailure())).satisfies((analysis) -> {
				assertThat(analysis.getDescription()).contains("no AES key");
				assertThat(analysis.getAction()).contains("openssl rand -base64 32");
				assertThat(key.isEmpty() || !(analysis.getDescription() + analysis.getAction()).contains(key)).isTrue();
			}));
	}

	@Test
	void keyWithoutTheLibraryIsReported() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.springframework.security"))
			.run((context) -> assertThat(context).hasNotFailed());
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.springframework.security"))
			.withPropertyValues("ipfs.transmission.encryption.key=" + KEY)
			.run((context) -> assertThat(analyze(context.getStartupFailure()).getAction())
				.contains("spring-security-crypto"));
	}

	private static FailureAnalysis analyze(Throwable failure) {
		FailureAnalysis analysis = new EncryptionConfigurationFailureAnalyzer().analyze(failure);
		assertThat(analysis).isNotNull();
		return analysis;
	}

	@Test
	void defaultsAreThoseOfTheOptions() {
		TunnelOptions tunnels = IpfsTransmissionPropertiesMapper.tunnelOptions(new IpfsP2pProperties());
		assertThat(tunnels).isEqualTo(TunnelOptions.defaults());
		SenderOptions sender = IpfsTransmissionPropertiesMapper.senderOptions(new IpfsTransmissionProperties());
		assertThat(sender).isEqualTo(SenderOptions.defaults());
	}

	@Test
	void p2pPropertiesReachTheTunnels() {
		IpfsP2pProperties properties = bind("ipfs.p2p", IpfsP2pProperties.class,
				Map.of("bind-address", "0.0.0.0", "application-host", "app", "listener-ports", "20500-20999",
						"forward-bind-address", "::", "node-host", "node", "forward-ports", "20001", "timeout", "3s"));
		assertThat(properties.getNodeHost()).isEqualTo("node");
		assertThat(IpfsTransmissionPropertiesMapper.tunnelOptions(properties)).isEqualTo(new TunnelOptions("0.0.0.0",
				"app", new PortRange(20500, 20999), "::", new PortRange(20001, 20001), Duration.ofSeconds(3)));
	}

	@Test
	void applicationHostDefaultsToTheBindAddress() {
		IpfsP2pProperties properties = bind("ipfs.p2p", IpfsP2pProperties.class, Map.of("bind-address", "10.0.0.1"));
		assertThat(IpfsTransmissionPropertiesMapper.tunnelOptions(properties).applicationHost()).isEqualTo("10.0.0.1");
	}

	@Test
	void transmissionPropertiesReachSendersAndReceivers() {
		IpfsTransmissionProperties properties = bind("ipfs.transmission", IpfsTransmissionProperties.class,
				Map.of("timeout", "1s", "retries", "0", "max-streams", "2", "idle-timeout", "3s", "max-message-size",
						"4KB", "max-connections", "5", "peer-share", "0.5", "read-timeout", "6s"));
		assertThat(IpfsTransmissionPropertiesMapper.senderOptions(properties))
			.isEqualTo(new SenderOptions(Duration.ofSeconds(1), 0, 2, Duration.ofSeconds(3)));
		ReceiverOptions receiver = IpfsTransmissionPropertiesMapper.receiverOptions(properties, AcceptancePolicy.any());
		assertThat(receiver.peerShare()).isEqualTo(0.5);
		assertThat(receiver.maxConnections()).isEqualTo(5);
		assertThat(receiver.maxMessageSize()).isEqualTo(DataSize.ofKilobytes(4));
		assertThat(receiver.readTimeout()).isEqualTo(Duration.ofSeconds(6));
		assertThat(receiver.idleTimeout()).isEqualTo(Duration.ofSeconds(30));
	}

	@Test
	void bufferPropertiesReachTheBuffers() {
		IpfsTransmissionProperties properties = bind("ipfs.transmission", IpfsTransmissionProperties.class,
				Map.of("timeout", "1s", "max-connections", "5", "peer-share", "0.5", "buffer.linger", "2s",
						"buffer.read-timeout", "3s"));
		AcceptancePolicy policy = AcceptancePolicy.any();
		Executor executor = Runnable::run;
		assertThat(IpfsTransmissionPropertiesMapper.bufferOptions(properties, policy, executor))
			.isEqualTo(new BufferOptions(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3), 5, 0.5,
					policy, executor));
	}

	@Test
	void conversationPropertiesReachTheConversations() {
		TransmissionCipher cipher = mock(TransmissionCipher.class);
		this.contextRunner.withBean(TransmissionCipher.class, () -> cipher)
			.withPropertyValues("ipfs.transmission.timeout=1s", "ipfs.transmission.retries=7",
					"ipfs.transmission.max-message-size=4KB", "ipfs.transmission.conversation.idle-timeout=2s",
					"ipfs.transmission.conversation.max-duration=3s")
			.run((context) -> assertThat(context.getBean(ConversationOperations.class).options())
				.usingRecursiveComparison()
				.isEqualTo(new ConversationOptions(Duration.ofSeconds(1), 7, Duration.ofSeconds(2),
						Duration.ofSeconds(3), DataSize.ofKilobytes(4), cipher, new byte[0])));
		this.contextRunner.run((context) -> assertThat(context.getBean(ConversationOperations.class).options())
			.usingRecursiveComparison()
			.isEqualTo(ConversationOptions.defaults()));
	}

	private static <T> T bind(String prefix, Class<T> type, Map<String, String> values) {
		MapConfigurationPropertySource source = new MapConfigurationPropertySource();
		values.forEach((name, value) -> source.put(prefix + "." + name, value));
		return new Binder(source).bind(prefix, type).get();
	}

}

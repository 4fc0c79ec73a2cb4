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

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.node.IpfsNode;
import io.github.ipfstoolkit.node.NodeEvent;
import io.github.ipfstoolkit.node.NodeStartedEvent;
import io.github.ipfstoolkit.node.NodeState;
import io.github.ipfstoolkit.node.NodeStoppedEvent;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.http.KuboHttpClient;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.UserConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link IpfsNodeAutoConfiguration} with real nodes.
 */
class IpfsNodeAutoConfigurationIT {

	private static final AtomicReference<ProcessHandle> lastNode = new AtomicReference<>();

	private static final List<String> life = new ArrayList<>();

	@TempDir
	Path directory;

	private ApplicationContextRunner runner() {
		lastNode.set(null);
		life.clear();
		return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(IpfsNodeAutoConfiguration.class))
			.withPropertyValues("ipfs.data-directory=" + this.directory, "ipfs.node.network=local",
					"ipfs.node.executable=" + KuboTestNode.executable());
	}

	@Test
	void managedNodeEndsWithTheContext() {
		ProcessHandle[] process = new ProcessHandle[1];
		runner().withPropertyValues("ipfs.node.mode=managed").run((context) -> {
			IpfsNode node = context.getBean(IpfsNode.class);
			assertThat(node.state()).isEqualTo(NodeState.RUNNING);
			assertThat(node.process().repository()).isEqualTo(this.directory.resolve("node"));
			process[0] = ProcessHandle.of(node.process().pid()).orElseThrow();
			assertThat(process[0].isAlive()).isTrue();
		});
		assertThat(process[0].isAlive()).isFalse();
	}

	@Test
	void nodeEndsWhenTheContextFailsToStart() {
		runner().withPropertyValues("ipfs.node.mode=managed")
			.withConfiguration(UserConfigurations.of(FailingConfiguration.class))
			.run((context) -> assertThat(context).getFailure().hasMessageContaining("on purpose"));
		assertThat(lastNode.get()).isNotNull();
		assertThat(lastNode.get().isAlive()).isFalse();
	}

	@Test
	void nodeEndsWhenABeanFailsThatStartsAfterIt() {
		runner().withPropertyValues("ipfs.node.mode=managed")
			.withConfiguration(UserConfigurations.of(FailingLifecycleConfiguration.class))
			.run((context) -> assertThat(context).getFailure().hasStackTraceContaining("on purpose"));
		assertThat(lastNode.get()).isNotNull();
		assertThat(lastNode.get().isAlive()).isFalse();
	}

	@Test
	void nodeRunsBeforeAndAfterThoseThatUseIt() {
		runner().withPropertyValues("ipfs.node.mode=managed")
			.withConfiguration(UserConfigurations.of(UserConfiguration.class))
			.run((context) -> assertThat(life).containsExactly("NodeStartedEvent", "user started"));
		assertThat(life).containsExactly("NodeStartedEvent", "user started", "user stopped", "NodeStoppedEvent");
	}

	@Test
	void nodeIsNotStoppedWhenTheContextIsPaused() {
		runner().withPropertyValues("ipfs.node.mode=managed").run((context) -> {
			IpfsNode node = context.getBean(IpfsNode.class);
			long pid = node.process().pid();
			context.getSourceApplicationContext(ConfigurableApplicationContext.class).pause();
			assertThat(ProcessHandle.of(pid)).get().matches(ProcessHandle::isAlive);
			context.getSourceApplicationContext(ConfigurableApplicationContext.class).restart();
			assertThat(node.process().pid()).isEqualTo(pid);
		});
	}

	@Test
	void autoModeUsesANodeThatRuns() {
		try (KuboTestNode other = KuboTestNode.start()) {
			other.run("config", "--json", "Experimental.Libp2pStreamMounting", "false");
			other.killAndRestart();
			runner().withPropertyValues("ipfs.api.url=" + other.endpoint().uri(), "ipfs.node.probe-timeout=30s")
				.run((context) -> {
					IpfsNode node = context.getBean(IpfsNode.class);
					assertThat(node.isManaged()).isFalse();
					assertThat(node.state()).isEqualTo(NodeState.EXTERNAL);
					assertThat(identity(node)).isEqualTo(other.kubo().node().id().block().id());
					assertThat(other.kubo().p2p().ls().block().listeners()).isEmpty();
				});
			assertThat(other.process().isAlive()).isTrue();
		}
	}

	@Test
	void autoModeStartsANodeWhereNoneRuns() {
		runner().withPropertyValues("ipfs.api.url=http://127.0.0.1:1").run((context) -> {
			IpfsNode node = context.getBean(IpfsNode.class);
			assertThat(node.isManaged()).isTrue();
			assertThat(node.state()).isEqualTo(NodeState.RUNNING);
			assertThat(identity(node)).isNotNull();
		});
	}

	private static PeerId identity(IpfsNode node) {
		Kubo kubo = new KuboHttpClient(node::endpoint);
		return kubo.node().id().block().id();
	}

	@Configuration(proxyBeanMethods = false)
	static class FailingConfiguration {

		@Bean
		Object failing(IpfsNode node) {
			node.endpoint();
			lastNode.set(ProcessHandle.of(node.process().pid()).orElseThrow());
			throw new IllegalStateException("on purpose");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FailingLifecycleConfiguration {

		@Bean
		SmartLifecycle failing(IpfsNode node) {
			return new User() {

				@Override
				public void start() {
					lastNode.set(ProcessHandle.of(node.process().pid()).orElseThrow());
					throw new IllegalStateException("on purpose");
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class UserConfiguration {

		@Bean
		SmartLifecycle user() {
			return new User();
		}

		@EventListener({ NodeStartedEvent.class, NodeStoppedEvent.class })
		void on(NodeEvent event) {
			life.add(event.getClass().getSimpleName());
		}

	}

	static class User implements SmartLifecycle {

		private boolean running;

		@Override
		public void start() {
			this.running = true;
			life.add("user started");
		}

		@Override
		public void stop() {
			this.running = false;
			life.add("user stopped");
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return Integer.MIN_VALUE / 2 - 100;
		}

	}

}

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

package io.github.ipfstoolkit.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.node.executable.ExecutableLocator;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.KuboVersion;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import io.github.ipfstoolkit.rpc.http.KuboHttpClient;
import org.awaitility.Awaitility;

import org.springframework.util.FileSystemUtils;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A disposable Kubo node on loopback, for tests: its own repository in a temporary
 * directory, no bootstrap peers, no mDNS, free ports, stream mounting and pubsub on.
 */
public final class KuboTestNode implements AutoCloseable {

	/**
	 * The transport over TCP, as an address names it.
	 */
	public static final String TCP = "tcp";

	/**
	 * The transport over UDP, as an address names it.
	 */
	public static final String QUIC = "quic-v1";

	private final Path directory;

	private volatile Process process;

	private RpcEndpoint endpoint;

	private final KuboHttpClient kubo = new KuboHttpClient(() -> this.endpoint);

	private KuboTestNode(List<String> transports, String... profiles) {
		try {
			this.directory = Files.createTempDirectory("kubo-test");
			run("init", "--profile=" + String.join(",", StringUtils.addStringToArray(profiles, "test")));
			run("config", "--json", "Experimental.Libp2pStreamMounting", "true");
			run("config", "--json", "Pubsub.Enabled", "true");
			if (version().isAtLeast(KuboVersion.of("0.42"))) {
				run("config", "--json", "Internal.ShutdownTimeout", "\"2s\"");
			}
			run("config", "--json", "Addresses.Swarm",
					transports.stream()
						.map((transport) -> transport.equals(TCP) ? "\"/ip4/127.0.0.1/tcp/0\""
								: "\"/ip4/127.0.0.1/udp/0/%s\"".formatted(transport))
						.collect(Collectors.joining(",", "[", "]")));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		startProcess();
		// for a test that fails before it could close the node
		Runtime.getRuntime().addShutdownHook(new Thread(() -> this.process.destroyForcibly()));
	}

	/**
	 * Starts a node and waits until it answers.
	 */
	public static KuboTestNode start() {
		return startWithProfiles();
	}

	/**
	 * Starts a node that can be reached by one transport alone, also after a restart, and
	 * waits until it answers.
	 * @param transport {@link #TCP} or {@link #QUIC}
	 */
	public static KuboTestNode startWithTransport(String transport) {
		return new KuboTestNode(List.of(transport));
	}

	/**
	 * Starts a node and waits until it answers.
	 * @param profiles the configuration profiles to initialize it with, besides that for
	 * tests
	 */
	public static KuboTestNode startWithProfiles(String... profiles) {
		// the QUIC of older ones panics when it was built with a recent Go
		return new KuboTestNode(version().isAtLeast(KuboVersion.of("0.40")) ? List.of(TCP, QUIC) : List.of(TCP),
				profiles);
	}

	public RpcEndpoint endpoint() {
		return this.endpoint;
	}

	public Kubo kubo() {
		return this.kubo;
	}

	public Path repository() {
		return this.directory;
	}

	public ProcessHandle process() {
		return this.process.toHandle();
	}

	/**
	 * Ends the node with SIGKILL and starts it again, with the same identity and the same
	 * addresses.
	 */
	public void killAndRestart() {
		kill();
		startProcess();
	}

	/**
	 * Ends the node with SIGKILL.
	 */
	public void kill() {
		this.process.destroyForcibly().onExit().join();
	}

	/**
	 * Starts a node that was ended, with the same identity and the same addresses.
	 */
	public void startProcess() {
		try {
			Path api = this.directory.resolve("api");
			Files.deleteIfExists(api);
			this.process = processBuilder("daemon").redirectOutput(this.directory.resolve("daemon.log").toFile())
				.start();
			Awaitility.await().pollInterval(Duration.ofMillis(20)).until(() -> {
				if (!this.process.isAlive()) {
					throw new IllegalStateException(Files.readString(this.directory.resolve("daemon.log")));
				}
				return Files.exists(api) && !Files.readString(api).isEmpty();
			});
			boolean first = this.endpoint == null;
			this.endpoint = RpcEndpoint.of(Files.readString(api), null);
			if (first) {
				run("config", "Addresses.API", Files.readString(api));
				keepSwarmAddresses();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void keepSwarmAddresses() {
		String addresses = this.kubo.swarm()
			.listenAddresses()
			.block()
			.strings()
			.stream()
			.map((address) -> '"' + address + '"')
			.collect(Collectors.joining(",", "[", "]"));
		run("config", "--json", "Addresses.Swarm", addresses);
	}

	/**
	 * Runs the executable on the node's repository.
	 * @return standard output and standard error
	 */
	public String run(String... arguments) {
		try {
			Process command = processBuilder(arguments).start();
			command.onExit().orTimeout(60, TimeUnit.SECONDS).exceptionally((ex) -> command.destroyForcibly());
			String output = new String(command.getInputStream().readAllBytes());
			if (command.waitFor() != 0) {
				throw new IllegalStateException(String.join(" ", arguments) + ": " + output);
			}
			return output;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Begins to run the executable on the node's repository.
	 * @return the process, which is the caller's to end
	 */
	public Process start(String... arguments) {
		try {
			return processBuilder(arguments).start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private ProcessBuilder processBuilder(String... arguments) {
		List<String> command = new ArrayList<>(List.of(executable().toString()));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().put("IPFS_PATH", this.directory.toString());
		builder.environment().put("IPFS_TELEMETRY", "off");
		return builder;
	}

	/**
	 * Returns the Kubo executable that tests use: the one that the environment names,
	 * else one that the toolkit finds, or gets as an application that allows it would.
	 */
	public static Path executable() {
		return Executable.PATH;
	}

	/**
	 * Returns the version of the Kubo that tests use.
	 */
	public static KuboVersion version() {
		return Executable.VERSION;
	}

	private static final class Executable {

		private static final Path PATH = find();

		private static final KuboVersion VERSION = ask();

		private static Path find() {
			String named = System.getenv("IPFS_TEST_EXECUTABLE");
			return (named != null) ? Path.of(named)
					: ExecutableLocator.builder().provision(true).build().locate().path();
		}

		private static KuboVersion ask() {
			try {
				Process process = new ProcessBuilder(PATH.toString(), "version", "--number").start();
				return KuboVersion.of(new String(process.getInputStream().readAllBytes()).strip());
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

	/**
	 * Connects this node to another.
	 */
	public void connectTo(KuboTestNode other) {
		connectTo(other, other.kubo().node().id().block().addresses().get(0));
	}

	/**
	 * Connects this node to another by one transport.
	 * @param transport the protocol in the address: {@code tcp} or {@code quic-v1}
	 */
	public void connectTo(KuboTestNode other, String transport) {
		connectTo(other,
				other.kubo()
					.node()
					.id()
					.block()
					.addresses()
					.stream()
					.filter((address) -> uses(address, transport))
					.findFirst()
					.orElseThrow());
	}

	/**
	 * Waits until this node and another are connected by one transport, and by no other.
	 * @param transport {@link #TCP} or {@link #QUIC}
	 */
	public void awaitConnection(KuboTestNode other, String transport) {
		PeerId id = other.peerId();
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.pollDelay(Duration.ZERO)
			.untilAsserted(() -> assertThat(this.kubo.swarm().peers().block().peers())
				.filteredOn((peer) -> peer.peer().equals(id))
				.isNotEmpty()
				.allMatch((peer) -> uses(peer.address(), transport)));
	}

	private static boolean uses(Multiaddr address, String transport) {
		return address.components().stream().anyMatch((part) -> part.protocol().equals(transport));
	}

	/**
	 * Returns when both ends know of the connection: the other one learns of it a moment
	 * later, and when it was killed just before, this node may still hold a connection to
	 * it that has died, and answers that it is connected.
	 */
	private void connectTo(KuboTestNode other, Multiaddr address) {
		PeerId self = peerId();
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(20))
			.until(() -> {
				this.kubo.swarm().connect(address).block();
				return other.knows(self);
			});
	}

	private boolean knows(PeerId id) {
		return this.kubo.swarm().peers().block().peers().stream().anyMatch((peer) -> peer.peer().equals(id));
	}

	public PeerId peerId() {
		return this.kubo.node().id().block().id();
	}

	@Override
	public void close() {
		this.kubo.close();
		kill();
		try {
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

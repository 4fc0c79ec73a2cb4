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

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.ipfstoolkit.annotation.IpfsListener;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What somebody reads whose application does not start: the cause and what to do about
 * it, in place of a stack trace.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartFailuresIT {

	@TempDir
	private Path directory;

	@Test
	void nodeThatDoesNotAnswer(CapturedOutput output) {
		assertDoesNotStart("ipfs.node.mode=external", "ipfs.api.url=http://127.0.0.1:1");
		assertExplained(output, "No IPFS node answers at http://127.0.0.1:1", "Start the node there ('ipfs daemon')",
				"'ipfs.api.url'", "'ipfs.node.mode=managed'");
	}

	@Test
	void noExecutable() throws Exception {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
						System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
						Application.class.getName()));
		command.addAll(arguments("ipfs.node.mode=managed", "ipfs.node.cache-directory=" + this.directory));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().put("PATH", this.directory.toString());
		Process process = builder.start();
		String output = new String(process.getInputStream().readAllBytes());
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).isOne();
		assertExplained(output, "There is no ipfs executable to use", "ipfs.node.executable",
				"ipfs.node.provision=true");
	}

	@Test
	void repositoryThatAnotherDaemonHas(CapturedOutput output) {
		try (KuboTestNode other = KuboTestNode.start()) {
			assertDoesNotStart("ipfs.node.mode=managed", "ipfs.node.directory=" + other.repository(),
					"ipfs.node.executable=" + KuboTestNode.executable());
			assertExplained(output, "Another ipfs daemon runs on the repository " + other.repository(),
					"End that daemon", "'ipfs.api.url'", "'ipfs.node.directory'");
		}
	}

	@Test
	void portThatIsTaken(CapturedOutput output) throws IOException {
		try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			assertDoesNotStart("ipfs.node.mode=managed", "ipfs.node.rpc-port=" + other.getLocalPort(),
					"ipfs.node.executable=" + KuboTestNode.executable());
			assertExplained(output,
					"The port %d, which 'ipfs.node.rpc-port' asks for, is taken".formatted(other.getLocalPort()),
					"End what uses it, or set 'ipfs.node.rpc-port' to 0 for any that is free");
		}
	}

	@Test
	void streamMountingThatIsOffAndMayNotBeSwitchedOn(CapturedOutput output) {
		try (KuboTestNode other = KuboTestNode.start()) {
			other.run("config", "--json", "Experimental.Libp2pStreamMounting", "false");
			other.run("config", "--json", "API.Authorizations",
					"""
							{"guest": {"AuthSecret": "bearer:guest", "AllowedPaths": ["/api/v0/version", "/api/v0/id", "/api/v0/p2p"]}}""");
			other.killAndRestart();
			assertDoesNotStart("ipfs.node.mode=external", "ipfs.api.url=" + other.endpoint().uri(),
					"ipfs.api.authorization=bearer:guest");
			assertExplained(output, "Stream mounting is off on the IPFS node",
					"ipfs config --json Experimental.Libp2pStreamMounting true", "ipfs.node.stream-mounting=ignore");
		}
	}

	private void assertDoesNotStart(String... properties) {
		assertThatException().isThrownBy(() -> Application.start(arguments(properties)));
	}

	private List<String> arguments(String... properties) {
		List<String> arguments = new ArrayList<>(List.of("--ipfs.data-directory=" + this.directory.resolve("data"),
				"--ipfs.contacts.store=memory", "--ipfs.node.network=local", "--spring.docker.compose.enabled=false",
				"--spring.autoconfigure.exclude=org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration"));
		List.of(properties).forEach((property) -> arguments.add("--" + property));
		return arguments;
	}

	private static void assertExplained(CharSequence output, String cause, String... remedies) {
		String text = output.toString();
		assertThat(text).containsOnlyOnce("APPLICATION FAILED TO START");
		String explanation = text.substring(text.indexOf("APPLICATION FAILED TO START"));
		assertThat(explanation).containsSubsequence("Description:", cause, "Action:").doesNotContain("\tat ");
		assertThat(explanation.substring(explanation.indexOf("Action:"))).contains(remedies);
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Application {

		@IpfsListener("chat")
		void on(String text) {
		}

		static void start(List<String> arguments) {
			new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
				.run(arguments.toArray(String[]::new))
				.close();
		}

		public static void main(String[] args) {
			start(List.of(args));
		}

	}

}

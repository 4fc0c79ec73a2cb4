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

package io.github.ipfstoolkit.rpc.client;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.github.ipfstoolkit.rpc.Backend;
import io.github.ipfstoolkit.rpc.CallOptions;
import io.github.ipfstoolkit.rpc.KuboVersion;
import io.github.ipfstoolkit.rpc.NodeApi;
import io.github.ipfstoolkit.rpc.NodeTooOldException;
import io.github.ipfstoolkit.rpc.RpcException;
import io.github.ipfstoolkit.rpc.SectionMethods;
import io.github.ipfstoolkit.testsupport.KuboTestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Compares what {@link Since} says with a node, which may be of any version from the
 * oldest supported one on.
 */
class SinceIT {

	private static final Set<String> GLOBAL_OPTIONS = Set.of("offline", "timeout", "cid-base");

	private static final KuboVersion version = KuboTestNode.version();

	private static final Map<Backend, KuboClient> clients = new EnumMap<>(Backend.class);

	private static KuboTestNode node;

	/** The options by command, as the node tells them. */
	private static final Map<String, Set<String>> commands = new TreeMap<>();

	@BeforeAll
	static void start() {
		node = KuboTestNode.start();
		for (Backend backend : Backend.values()) {
			clients.put(backend, backend.connect(node));
		}
		node.kubo().node().commands(true).block().subcommands().forEach((command) -> collect(command, "", Set.of()));
	}

	private static void collect(NodeApi.Command command, String prefix, Set<String> inherited) {
		Set<String> options = new HashSet<>(inherited);
		command.options().forEach((option) -> options.addAll(option.names()));
		String path = prefix + command.name();
		commands.put(path, options);
		command.subcommands().forEach((child) -> collect(child, path + "/", options));
	}

	@AfterAll
	static void stop() {
		clients.values().forEach(KuboClient::close);
		node.close();
	}

	@Test
	void versionIsTheExecutables() {
		assertThat(KuboVersion.of(node.kubo().node().version().block().version())).isEqualTo(version);
		assertThat(version).isGreaterThanOrEqualTo(KuboVersion.OLDEST_SUPPORTED);
	}

	@Test
	void nodeHasWhatItsVersionBroughtAndNothingElse() {
		Since.all()
			.forEach((command, news) -> news
				.forEach((since) -> assertThat(has(command, since.option())).as("%s --%s", command, since.option())
					.isEqualTo(version.isAtLeast(since.version()))));
	}

	@Test
	void nodeHasAllThatMethodsCarryAndThatIsNotKnownToBeNewer() {
		Set<String> missing = new TreeSet<>();
		SectionMethods.optionsByCommand().forEach((command, options) -> {
			List<String> needed = new ArrayList<>(options);
			needed.add(null);
			needed.stream()
				.filter((option) -> !has(command, option) && !isNewer(command, option))
				.forEach((option) -> missing.add(command + " --" + option));
		});
		assertThat(missing).isEmpty();
	}

	private static boolean has(String command, String option) {
		Set<String> options = commands.get(command);
		return options != null && (option == null || GLOBAL_OPTIONS.contains(option) || options.contains(option));
	}

	private static boolean isNewer(String command, String option) {
		return Since.all()
			.getOrDefault(command, List.of())
			.stream()
			.filter((since) -> since.option() == null || since.option().equals(option))
			.anyMatch((since) -> !version.isAtLeast(since.version()));
	}

	static Stream<News> news() {
		return Since.all()
			.entrySet()
			.stream()
			.flatMap((entry) -> entry.getValue()
				.stream()
				.flatMap((since) -> Stream.of(Backend.values())
					.map((backend) -> new News(backend, entry.getKey(), since))));
	}

	/**
	 * Through the executable it is that which is too old: both are of the same version.
	 */
	@ParameterizedTest
	@MethodSource("news")
	void callIsRefusedWhereKuboIsTooOldAlone(News news) {
		CallOptions options = CallOptions.defaults();
		String option = news.since().option();
		if (option != null) {
			options = options.set(option, news.since().value());
		}
		// without the arguments it fails in another way where it is not refused
		RpcException failure = catchThrowableOfType(RpcException.class, call(news, options)::blockLast);
		if (version.isAtLeast(news.since().version())) {
			assertThat(failure instanceof NodeTooOldException).isFalse();
		}
		else {
			assertThat(failure).isInstanceOfSatisfying(NodeTooOldException.class, (ex) -> {
				assertThat(ex.getCommand()).isEqualTo(news.command());
				assertThat(ex.getOption()).isEqualTo(option);
				assertThat(ex.getNeededVersion()).isEqualTo(news.since().version());
				assertThat(ex.getNodeVersion()).isEqualTo(version);
			});
		}
	}

	@Test
	void optionThatIsGivenAsOlderNodesHaveItIsNotRefused() {
		String directory = "QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn";
		assertThatNoException().isThrownBy(() -> node.kubo()
			.call("dag/export", List.of(directory), CallOptions.defaults().set("local-only", false), null)
			.blockLast());
	}

	private static Flux<?> call(News news, CallOptions options) {
		return clients.get(news.backend()).call(news.command(), List.of(), options, null, JsonNode.class);
	}

	/**
	 * A command or option that not all versions have, called through a backend.
	 */
	record News(Backend backend, String command, Since since) {
	}

}

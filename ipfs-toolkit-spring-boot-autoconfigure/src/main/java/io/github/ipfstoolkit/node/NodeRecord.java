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

package io.github.ipfstoolkit.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.github.ipfstoolkit.node.executable.NodeExecutable;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * What is written down about a running node, by which it is recognized when the
 * application that started it was killed.
 */
record NodeRecord(long pid, Instant started, String executable) {

	private static final Log logger = LogFactory.getLog(ManagedIpfsNode.class);

	/**
	 * Start times come from the boot time, which two JVMs may round differently.
	 */
	private static final Duration TOLERANCE = Duration.ofSeconds(2);

	static NodeRecord of(ProcessHandle process, NodeExecutable executable) throws IOException {
		return new NodeRecord(process.pid(), process.info().startInstant().orElse(Instant.EPOCH),
				executable.path().toRealPath().toString());
	}

	static @Nullable NodeRecord read(Path file) {
		try {
			List<String> lines = Files.readAllLines(file);
			return new NodeRecord(Long.parseLong(lines.get(0)), Instant.parse(lines.get(1)), lines.get(2));
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("There is no record of a node in " + file, ex);
			return null;
		}
	}

	void write(Path file) throws IOException {
		Files.writeString(file, String.join("\n", Long.toString(this.pid), this.started.toString(), this.executable));
	}

	/**
	 * Finds the process, if it is provably the one that was written down: the same
	 * executable, started at the same time, and, where that can be seen, working on the
	 * same repository.
	 */
	@Nullable ProcessHandle find(Path repository) {
		return ProcessHandle.of(this.pid)
			.filter(ProcessHandle::isAlive)
			.filter((process) -> process.info()
				.startInstant()
				.filter((instant) -> Duration.between(instant, this.started).abs().compareTo(TOLERANCE) <= 0)
				.isPresent())
			.filter((process) -> process.info().command().filter(this.executable::equals).isPresent())
			.filter((process) -> worksOn(process, repository))
			.orElse(null);
	}

	private static boolean worksOn(ProcessHandle process, Path repository) {
		Path environment = Path.of("/proc", Long.toString(process.pid()), "environ");
		if (!Files.exists(environment)) {
			return true;
		}
		try {
			String variables = new String(Files.readAllBytes(environment), StandardCharsets.UTF_8);
			return List.of(variables.split("\0")).contains("IPFS_PATH=" + repository);
		}
		catch (IOException ex) {
			logger.debug("The environment of process %d cannot be read".formatted(process.pid()), ex);
			return false;
		}
	}

}

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

package io.github.ipfstoolkit.node.executable;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.ipfstoolkit.rpc.KuboVersion;
import org.jspecify.annotations.Nullable;

/**
 * Finds and asks executables.
 */
final class Commands {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private Commands() {
	}

	/**
	 * Lists the executable files of a name on the search path.
	 */
	static List<Path> onPath(@Nullable String searchPath, String fileName) {
		List<Path> found = new ArrayList<>();
		for (String directory : ((searchPath != null) ? searchPath : "").split(File.pathSeparator)) {
			if (!directory.isBlank()) {
				Path candidate = Path.of(directory).resolve(fileName).toAbsolutePath();
				if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
					found.add(candidate);
				}
			}
		}
		return found;
	}

	/**
	 * Asks an executable for its version.
	 * @throws IOException if it is no executable of Kubo
	 */
	static KuboVersion version(Path executable) throws IOException {
		// a repository that does not exist: the answer is then certain to be the
		// executable's own, not that of a daemon which happens to run
		ProcessBuilder builder = new ProcessBuilder(executable.toString(), "version", "--number");
		builder.environment().put("IPFS_PATH", executable.resolveSibling(".no-repository").toString());
		builder.environment().put("IPFS_TELEMETRY", "off");
		Process process = builder.redirectErrorStream(true).start();
		try {
			process.getOutputStream().close();
			if (!process.waitFor(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new IOException(
						"'%s version' did not end within %d s".formatted(executable, TIMEOUT.toSeconds()));
			}
			String output = new String(process.getInputStream().readNBytes(4096), StandardCharsets.UTF_8).strip();
			if (process.exitValue() != 0) {
				throw new IOException("'%s version' failed: %s".formatted(executable, output));
			}
			return KuboVersion.of(output);
		}
		catch (IllegalArgumentException ex) {
			throw new IOException("%s is not Kubo: %s".formatted(executable, ex.getMessage()), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted while waiting for '%s version'".formatted(executable), ex);
		}
		finally {
			process.destroyForcibly();
		}
	}

}

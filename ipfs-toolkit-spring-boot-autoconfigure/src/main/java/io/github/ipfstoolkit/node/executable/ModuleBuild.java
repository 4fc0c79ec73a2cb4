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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Builds Kubo with Go, from a module whose dependencies are pinned by the checksums of a
 * {@code go.sum} that is shipped with the toolkit. Go gets the sources in the way that it
 * is configured to on this machine ({@code GOPROXY}, {@code GOSUMDB}).
 */
final class ModuleBuild {

	private static final Log logger = LogFactory.getLog(ExecutableLocator.class);

	private static final int KEPT_LINES = 15;

	private final Path go;

	private final Platform platform;

	private final Duration timeout;

	ModuleBuild(Path go, Platform platform, Duration timeout) {
		this.go = go;
		this.platform = platform;
		this.timeout = timeout;
	}

	/**
	 * Builds the executable.
	 * @param directory where to
	 * @return the executable
	 * @throws ProvisioningException if the build fails
	 * @throws IOException if the directory cannot be written to
	 */
	Path into(Path directory) throws IOException {
		copy("go.mod", directory);
		copy("go.sum", directory);
		Path target = directory.resolve(this.platform.executable("ipfs"));
		logger.info("Building Kubo %s with %s, which takes a few minutes the first time"
			.formatted(ExecutableLocator.DEFAULT_VERSION, this.go));
		ProcessBuilder builder = new ProcessBuilder(this.go.toString(), "build", "-v", "-trimpath", "-ldflags=-s -w",
				"-o", target.toString(), "github.com/ipfs/kubo/cmd/ipfs");
		builder.directory(directory.toFile());
		builder.redirectErrorStream(true);
		Map<String, String> environment = builder.environment();
		// what the surroundings set for other projects must not change this one
		environment.put("GOFLAGS", "-mod=readonly -buildvcs=false");
		environment.put("GO111MODULE", "on");
		environment.put("GOWORK", "off");
		environment.put("CGO_ENABLED", "0");
		environment.put("GOTELEMETRY", "off");
		environment.remove("GOOS");
		environment.remove("GOARCH");
		Deque<String> lastLines = new ArrayDeque<>();
		ProgressLog progress = new ProgressLog();
		if (!run(builder, progress, lastLines)) {
			String output = String.join("\n", lastLines);
			throw new ProvisioningException("Building Kubo with %s failed:%n%s".formatted(this.go, output), output
				.contains("no space left on device")
						? "Make room on the disk, or have other ones written to: 'ipfs.node.cache-directory', and Go's GOTMPDIR, GOCACHE and GOMODCACHE."
						: "See Go's messages above: it has to reach its module proxy, and to be of the version that they "
								+ "name. Or install Kubo and set 'ipfs.node.executable'.",
					null);
		}
		logger.info("Built Kubo in %d s".formatted(progress.seconds()));
		return target;
	}

	private static void copy(String resource, Path directory) throws IOException {
		try (InputStream stream = ModuleBuild.class.getResourceAsStream(resource)) {
			if (stream == null) {
				throw new IOException("The resource '%s' is missing".formatted(resource));
			}
			Files.copy(stream, directory.resolve(resource));
		}
	}

	private boolean run(ProcessBuilder builder, ProgressLog progress, Deque<String> lastLines) throws IOException {
		AtomicInteger downloaded = new AtomicInteger();
		AtomicInteger compiled = new AtomicInteger();
		Process process = builder.start();
		try {
			process.getOutputStream().close();
			Thread reader = new Thread(() -> read(process, downloaded, compiled, lastLines), "ipfs-node-build");
			reader.setDaemon(true);
			reader.start();
			while (!process.waitFor(1, TimeUnit.SECONDS)) {
				progress.report(() -> "Building Kubo: %d modules downloaded, %d packages compiled"
					.formatted(downloaded.get(), compiled.get()));
				if (progress.seconds() > this.timeout.toSeconds()) {
					throw new ProvisioningException(
							"Building Kubo did not end within %d minutes".formatted(this.timeout.toMinutes()),
							"Try again on a less busy machine, or install Kubo and set 'ipfs.node.executable'.", null);
				}
			}
			reader.join(TimeUnit.SECONDS.toMillis(5));
			return process.exitValue() == 0;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ProvisioningException("Building Kubo was interrupted", "Start the application again.", ex);
		}
		finally {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
		}
	}

	private static void read(Process process, AtomicInteger downloaded, AtomicInteger compiled,
			Deque<String> lastLines) {
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
			String line;
			while ((line = output.readLine()) != null) {
				if (line.startsWith("go: downloading ")) {
					downloaded.incrementAndGet();
				}
				else if (line.matches("[\\w./~@-]+")) {
					compiled.incrementAndGet();
				}
				else {
					keep(line, lastLines);
				}
			}
		}
		catch (IOException ex) {
			keep(String.valueOf(ex.getMessage()), lastLines);
		}
	}

	private static void keep(String line, Deque<String> lastLines) {
		if (lastLines.size() == KEPT_LINES) {
			lastLines.removeFirst();
		}
		lastLines.addLast(line);
	}

}

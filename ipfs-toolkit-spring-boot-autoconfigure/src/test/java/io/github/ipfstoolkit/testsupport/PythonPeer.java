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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A program that uses the Python IPFS-Toolkit on a node. The environment variable
 * {@code IPFS_TEST_PYTHON} names the interpreter that has it.
 */
public final class PythonPeer implements AutoCloseable {

	/** The environment variable that names the interpreter. */
	public static final String VARIABLE = "IPFS_TEST_PYTHON";

	/** The environment variable that names the interpreter with the later engine. */
	public static final String LATER_VARIABLE = "IPFS_TEST_LATER_PYTHON";

	private final Process process;

	private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

	private PythonPeer(Process process) {
		this.process = process;
		Thread reader = new Thread(this::readLines, "python");
		reader.setDaemon(true);
		reader.start();
	}

	/**
	 * Starts a script of the test resources.
	 */
	public static PythonPeer start(KuboTestNode node, String script, String... arguments) {
		return start(VARIABLE, node, script, arguments);
	}

	/**
	 * Starts a script of the test resources that uses the later engine.
	 */
	public static PythonPeer startLater(KuboTestNode node, String script, String... arguments) {
		return start(LATER_VARIABLE, node, script, arguments);
	}

	private static PythonPeer start(String variable, KuboTestNode node, String script, String... arguments) {
		try {
			Path path = Path.of(PythonPeer.class.getResource("/python/" + script).toURI());
			List<String> command = new ArrayList<>(List.of(System.getenv(variable), path.toString()));
			command.addAll(List.of(arguments));
			ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
			builder.environment()
				.put("PY_IPFS_HTTP_CLIENT_DEFAULT_ADDR", "/ip4/127.0.0.1/tcp/" + node.endpoint().uri().getPort());
			return new PythonPeer(builder.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (java.net.URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void readLines() {
		try (BufferedReader reader = this.process.inputReader()) {
			reader.lines().forEach(this.lines::add);
		}
		catch (IOException | UncheckedIOException ex) {
			this.lines.add("closed: " + ex);
		}
	}

	/**
	 * Writes standard input and ends it.
	 */
	public PythonPeer input(byte[] bytes) {
		try (OutputStream stream = this.process.getOutputStream()) {
			stream.write(bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return this;
	}

	/**
	 * Writes a line to standard input, which stays open.
	 */
	public PythonPeer inputLine(String line) {
		try {
			OutputStream stream = this.process.getOutputStream();
			stream.write((line + "\n").getBytes(StandardCharsets.UTF_8));
			stream.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return this;
	}

	/**
	 * Ends the program with SIGKILL, so that it leaves all that it has mounted.
	 */
	public void kill() {
		this.process.destroyForcibly().onExit().join();
	}

	/**
	 * Waits for a line that begins with a word, and fails with all lines before it if
	 * none comes within a minute.
	 */
	public String awaitLine(String prefix) throws InterruptedException {
		List<String> before = new ArrayList<>();
		for (String line = next(); line != null; line = next()) {
			if (line.startsWith(prefix)) {
				return line;
			}
			before.add(line);
		}
		throw new AssertionError("No line '%s…' from Python, but: %s".formatted(prefix, before));
	}

	private String next() throws InterruptedException {
		return this.lines.poll(60, TimeUnit.SECONDS);
	}

	/**
	 * Stops it where it is, with all that it has open, until {@link #resume()}.
	 */
	public void suspend() {
		signal("STOP");
	}

	/**
	 * Lets it go on.
	 */
	public void resume() {
		signal("CONT");
	}

	private void signal(String name) {
		try {
			Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(this.process.pid())).inheritIO()
				.start();
			if (kill.waitFor() != 0) {
				throw new IllegalStateException("The process could not be sent the signal " + name);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.process.destroy();
		this.process.onExit()
			.orTimeout(5, TimeUnit.SECONDS)
			.exceptionally((ex) -> this.process.destroyForcibly())
			.join();
	}

}

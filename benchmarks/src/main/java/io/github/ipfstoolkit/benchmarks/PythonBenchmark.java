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
package io.github.ipfstoolkit.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A message of 100 bytes to a listener of the Python IPFS-Toolkit, sent by this toolkit
 * and by the Python one. Runs where the system property {@code benchmark.python} names an
 * interpreter that has the Python toolkit.
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
public class PythonBenchmark {

	static final String PROPERTY = "benchmark.python";

	private static final String RECEIVE = """
			import sys, ipfs_datatransmission
			listeners = [ipfs_datatransmission.listen_for_transmissions(name, lambda data, peer: None) for name in sys.argv[1:]]
			print("ready", flush=True)
			sys.stdin.read()
			for listener in listeners:
			    listener.terminate()
			""";

	private static final String SEND = """
			import sys, ipfs_datatransmission
			print("ready", flush=True)
			for line in sys.stdin:
			    ipfs_datatransmission.transmit_data(bytes(100), sys.argv[1], sys.argv[2])
			    print("sent", flush=True)
			""";

	/**
	 * A Python sender takes away every way from its node to the name that it has used.
	 */
	private static final String LISTENER_FOR_PYTHON = "from-python";

	private static final String LISTENER_FOR_JAVA = "from-java";

	private final byte[] payload = new byte[100];

	private Applications applications;

	private Process receiver;

	private Process sender;

	private BufferedReader sendersOutput;

	@Setup
	public void open() throws IOException {
		this.applications = new Applications();
		this.receiver = start("benchmark.bob", RECEIVE, LISTENER_FOR_PYTHON, LISTENER_FOR_JAVA);
		await(this.receiver.inputReader(), "ready");
		this.sender = start("benchmark.alice", SEND, this.applications.bob().toString(), LISTENER_FOR_PYTHON);
		this.sendersOutput = this.sender.inputReader();
		await(this.sendersOutput, "ready");
	}

	private static Process start(String node, String program, String... arguments) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(System.getProperty(PROPERTY), "-c", program);
		builder.command().addAll(List.of(arguments));
		builder.redirectError(ProcessBuilder.Redirect.INHERIT);
		builder.environment()
			.put("PY_IPFS_HTTP_CLIENT_DEFAULT_ADDR",
					"/ip4/127.0.0.1/tcp/" + URI.create(System.getProperty(node)).getPort());
		return builder.start();
	}

	private static void await(BufferedReader output, String expected) throws IOException {
		String line = output.readLine();
		while (!expected.equals(line)) {
			if (line == null) {
				throw new IOException("Python has ended");
			}
			line = output.readLine();
		}
	}

	@TearDown
	public void close() throws Exception {
		this.sender.getOutputStream().close();
		this.receiver.getOutputStream().close();
		this.sender.waitFor(10, TimeUnit.SECONDS);
		this.receiver.waitFor(10, TimeUnit.SECONDS);
		this.sender.destroyForcibly();
		this.receiver.destroyForcibly();
		this.applications.close();
	}

	/**
	 * Both in turns. A thousand go before: the rests between them leave so few in a
	 * second that the JVM needs as long to compile what sends them.
	 */
	@Benchmark
	@BenchmarkMode(Mode.AverageTime)
	@Warmup(iterations = 10, time = 9)
	@Measurement(iterations = 5, time = 8)
	public void javaToPythonInTurns(Turns turns) throws Exception {
		turns.takeAfter(this::rest, this::sendFromPython, this::sendFromJava);
	}

	@Benchmark
	@BenchmarkMode(Mode.SampleTime)
	@Warmup(iterations = 2, time = 4)
	@Measurement(iterations = 5, time = 4)
	public void pythonToPython(Rested rested) throws IOException {
		sendFromPython();
	}

	/**
	 * Gives the receiver time to clean up after the last message, which it does when it
	 * has acknowledged it: the next one would wait for that.
	 */
	private void rest() throws InterruptedException {
		TimeUnit.MILLISECONDS.sleep(25);
	}

	private void sendFromJava() {
		this.applications.transmissions().send(this.applications.bob(), LISTENER_FOR_JAVA, this.payload);
	}

	private void sendFromPython() throws IOException {
		this.sender.getOutputStream().write('\n');
		this.sender.getOutputStream().flush();
		await(this.sendersOutput, "sent");
	}

	/**
	 * A rest before each message.
	 */
	@State(Scope.Benchmark)
	public static class Rested {

		@Setup(Level.Invocation)
		public void rest(PythonBenchmark benchmark) throws InterruptedException {
			benchmark.rest();
		}

	}

}

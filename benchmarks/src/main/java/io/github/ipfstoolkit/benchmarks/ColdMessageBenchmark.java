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

import java.util.concurrent.TimeUnit;

import io.github.ipfstoolkit.transmission.Receipt;
import io.github.ipfstoolkit.transmission.Transmission;
import io.github.ipfstoolkit.transmission.TransmissionReceiver;
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
 * The first message of 100 bytes to a listener that was never sent to, of a peer that is
 * connected. Most of what it takes is two commands to the node and their replies, each
 * through all of Spring's, Reactor's and Netty's code for that, so that it also counts
 * how often the JVM has done it before.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Measurement(iterations = 50)
public class ColdMessageBenchmark {

	private final byte[] payload = new byte[100];

	private Applications applications;

	private TransmissionReceiver receiver;

	private int number;

	@Setup
	public void open() {
		this.applications = new Applications();
	}

	@Setup(Level.Iteration)
	public void receive() {
		this.receiver = this.applications.receive("cold-" + this.number++, Transmission::bytes);
	}

	@TearDown(Level.Iteration)
	public void stopReceiving() {
		this.receiver.close();
	}

	@TearDown
	public void close() throws Exception {
		this.applications.close();
	}

	/**
	 * In a JVM that has compiled what sends it, as that of the other benchmarks.
	 */
	@Benchmark
	@Warmup(iterations = 600)
	public Receipt coldMessage() {
		return send();
	}

	/**
	 * In a JVM that was started a second ago and interprets most of it.
	 */
	@Benchmark
	@Warmup(iterations = 20)
	public Receipt coldMessageInFreshJvm() {
		return send();
	}

	private Receipt send() {
		return this.applications.transmissions().send(this.applications.bob(), this.receiver.listener(), this.payload);
	}

}

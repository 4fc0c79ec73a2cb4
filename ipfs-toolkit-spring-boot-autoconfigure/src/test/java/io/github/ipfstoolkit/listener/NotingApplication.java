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

package io.github.ipfstoolkit.listener;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;

import io.github.ipfstoolkit.annotation.IpfsConversationListener;
import io.github.ipfstoolkit.annotation.IpfsFileListener;
import io.github.ipfstoolkit.annotation.IpfsListener;
import io.github.ipfstoolkit.autoconfigure.IpfsApiAutoConfiguration;
import io.github.ipfstoolkit.autoconfigure.IpfsFileAutoConfiguration;
import io.github.ipfstoolkit.autoconfigure.IpfsListenerAutoConfiguration;
import io.github.ipfstoolkit.autoconfigure.IpfsNodeAutoConfiguration;
import io.github.ipfstoolkit.autoconfigure.IpfsTemplateAutoConfiguration;
import io.github.ipfstoolkit.autoconfigure.IpfsTransmissionAutoConfiguration;
import io.github.ipfstoolkit.transmission.conversation.Conversation;
import io.github.ipfstoolkit.transmission.file.ReceivedFile;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;

/**
 * An application in a JVM of its own that notes each message it has handled in a file, so
 * that it can be killed.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ IpfsNodeAutoConfiguration.class, IpfsApiAutoConfiguration.class,
		IpfsTemplateAutoConfiguration.class, IpfsTransmissionAutoConfiguration.class, IpfsFileAutoConfiguration.class,
		IpfsListenerAutoConfiguration.class })
class NotingApplication {

	static final String READY = "ready to be sent to";

	private final Path notes;

	NotingApplication(@Value("${notes}") Path notes) {
		this.notes = notes;
	}

	@IpfsListener("numbers")
	void note(String number) {
		try {
			Files.writeString(this.notes, number + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Takes large messages, slower than they are sent.
	 */
	@IpfsListener(value = "slow", concurrency = "4")
	void takeTime(byte[] bytes) throws InterruptedException {
		Thread.sleep(20);
		note("slow " + bytes.length);
	}

	@IpfsFileListener("files")
	void noteFile(ReceivedFile file) {
		note("%s %s".formatted(file.path().getFileName(), file.sha256()));
	}

	/**
	 * Takes large messages that were acknowledged before, slower than they are sent.
	 */
	@IpfsListener(value = "later", concurrency = "4", ackMode = "received")
	void takeTimeLater(byte[] bytes) throws InterruptedException {
		Thread.sleep(20);
		note("later " + bytes.length);
	}

	/**
	 * Notes how much memory is in use, without what is garbage.
	 */
	@IpfsListener("memory")
	void noteMemory(String when) {
		System.gc();
		note("memory %s %d".formatted(when,
				ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1_000_000));
	}

	@IpfsFileListener(value = "blocked-files", concurrency = "1")
	void blockFile(ReceivedFile file) throws InterruptedException {
		note("blocked file");
		new CountDownLatch(1).await();
	}

	@IpfsConversationListener(value = "blocked-talk", concurrency = "1")
	void blockConversation(Conversation conversation) throws InterruptedException {
		note("blocked conversation");
		new CountDownLatch(1).await();
	}

	@IpfsListener(value = "blocked", concurrency = "1")
	void block(String text) throws InterruptedException {
		note("blocked");
		new CountDownLatch(1).await();
	}

	@IpfsListener("throwing")
	void fail(String text) {
		throw new IllegalStateException("on purpose");
	}

	public static void main(String[] args) {
		new SpringApplicationBuilder(NotingApplication.class).web(WebApplicationType.NONE).run(args);
		System.out.println(READY);
	}

}

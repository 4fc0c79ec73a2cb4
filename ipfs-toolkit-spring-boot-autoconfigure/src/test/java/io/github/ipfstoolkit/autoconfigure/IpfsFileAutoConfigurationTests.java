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

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.transmission.file.FileProgress;
import io.github.ipfstoolkit.transmission.file.FileProgressListener;
import io.github.ipfstoolkit.transmission.file.FileReceiverOptions;
import io.github.ipfstoolkit.transmission.file.FileReceivers;
import io.github.ipfstoolkit.transmission.file.FileTransferOperations;
import io.github.ipfstoolkit.transmission.file.FileTransferTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link IpfsFileAutoConfiguration}.
 */
class IpfsFileAutoConfigurationTests {

	private static final FileProgress PROGRESS = new FileProgress(
			PeerId.of("12D3KooWSqWVnXUtxkWGg8mTJzHhgwgrQDSxLEZsTZbDyGNnBtjn"), "files", "a.txt", 1, 2);

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(IpfsTransmissionAutoConfiguration.class, IpfsFileAutoConfiguration.class))
		.withBean(Kubo.class, () -> mock(Kubo.class));

	@Test
	void defaultsAreThoseOfTheOptions() {
		this.contextRunner.withPropertyValues("ipfs.data-directory=/data").run((context) -> {
			assertThat(context).hasSingleBean(FileTransferOperations.class);
			assertThat(context.getBean(FileReceivers.class).options()).usingRecursiveComparison()
				.ignoringFields("progress")
				.isEqualTo(FileReceiverOptions.of(Path.of("/data/files")));
		});
		IpfsFileProperties properties = new IpfsFileProperties();
		assertThat(IpfsTransmissionPropertiesMapper.blockSize(properties))
			.isEqualTo(FileTransferTemplate.DEFAULT_BLOCK_SIZE);
		assertThat(IpfsTransmissionPropertiesMapper.retries(properties))
			.isEqualTo(FileTransferTemplate.DEFAULT_RETRIES);
	}

	@Test
	void propertiesReachTheReceivers() {
		List<FileProgress> told = new ArrayList<>();
		FileProgressListener progress = told::add;
		this.contextRunner.withBean(FileProgressListener.class, () -> progress)
			.withPropertyValues("ipfs.transmission.read-timeout=1s", "ipfs.transmission.files.directory=/inbox",
					"ipfs.transmission.files.max-file-size=2KB", "ipfs.transmission.files.min-free-space=3KB",
					"ipfs.transmission.files.max-transfers=4", "ipfs.transmission.files.max-transfers-per-peer=5",
					"ipfs.transmission.files.part-max-age=6s", "ipfs.transmission.files.parts-max-size=7KB")
			.run((context) -> {
				FileReceiverOptions options = context.getBean(FileReceivers.class).options();
				assertThat(options).usingRecursiveComparison()
					.ignoringFields("progress")
					.isEqualTo(new FileReceiverOptions(Path.of("/inbox"), DataSize.ofKilobytes(2),
							DataSize.ofKilobytes(3), 4, 5, Duration.ofSeconds(6), DataSize.ofKilobytes(7),
							Duration.ofSeconds(1), progress, null));
				options.progress().onProgress(PROGRESS);
				assertThat(told).containsExactly(PROGRESS);
			});
	}

	@Test
	void propertiesReachTheSender() {
		MapConfigurationPropertySource source = new MapConfigurationPropertySource();
		source.put("ipfs.transmission.files.block-size", "1MB");
		source.put("ipfs.transmission.files.retries", "9");
		IpfsFileProperties properties = new Binder(source).bind("ipfs.transmission.files", IpfsFileProperties.class)
			.get();
		assertThat(IpfsTransmissionPropertiesMapper.blockSize(properties)).isEqualTo(DataSize.ofMegabytes(1));
		assertThat(IpfsTransmissionPropertiesMapper.retries(properties)).isEqualTo(9);
	}

	@ParameterizedTest
	@ValueSource(strings = { "max-file-size=-1B", "min-free-space=-1B", "max-transfers=0", "max-transfers-per-peer=0",
			"part-max-age=-1s", "parts-max-size=-1B", "block-size=0B", "block-size=65MB", "retries=-1" })
	void valueOutOfRangeIsReported(String property) {
		this.contextRunner.withPropertyValues("ipfs.transmission.files." + property)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("ipfs.transmission.files." + property.split("=")[0])
				.hasMessageContaining("is invalid"));
	}

	@Test
	void withoutNodeProvidesNothing() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(IpfsTransmissionAutoConfiguration.class, IpfsFileAutoConfiguration.class))
			.run((context) -> assertThat(context).doesNotHaveBean(FileTransferOperations.class)
				.doesNotHaveBean(FileReceivers.class));
	}

}

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
package io.github.ipfstoolkit.documentation;

import java.nio.file.Path;

import io.github.ipfstoolkit.core.IpfsOperations;
import io.github.ipfstoolkit.core.IpfsTemplate;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import io.github.ipfstoolkit.rpc.cli.KuboCliClient;
import io.github.ipfstoolkit.rpc.http.KuboHttpClient;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Examples of several nodes, and of content as resources.
 */
final class NodeExamples {

	private NodeExamples() {
	}

	// tag::executable[]
	@Configuration(proxyBeanMethods = false)
	class Repository {

		@Bean(defaultCandidate = false)
		@Qualifier("repository")
		KuboCliClient repositoryKubo() {
			return KuboCliClient.builder(() -> Path.of("/usr/local/bin/ipfs"), Path.of("/var/lib/ipfs")).build();
		}

	}
	// end::executable[]

	// tag::several-nodes[]
	@Configuration(proxyBeanMethods = false)
	class Archive {

		@Bean(defaultCandidate = false)
		@Qualifier("archive")
		KuboHttpClient archiveKubo() {
			return KuboHttpClient.builder(() -> RpcEndpoint.of("http://archive.example:5001", null)).build();
		}

		@Bean(defaultCandidate = false)
		@Qualifier("archive")
		IpfsTemplate archiveTemplate(@Qualifier("archive") Kubo kubo) {
			return new IpfsTemplate(kubo, DataSize.ofMegabytes(16));
		}

	}
	// end::several-nodes[]

	// tag::both-nodes[]
	@Component
	class Copier {

		private final IpfsOperations ipfs;

		private final IpfsOperations archive;

		Copier(IpfsOperations ipfs, @Qualifier("archive") IpfsOperations archive) {
			this.ipfs = ipfs;
			this.archive = archive;
		}

		boolean bothRun() {
			return this.ipfs.isRunning() && this.archive.isRunning();
		}

	}
	// end::both-nodes[]

	// tag::resource[]
	@Component
	class Letterhead {

		private final Resource logo;

		Letterhead(@Value("ipfs:bafybeicjapvzzi7hecbei3ctw47xvpletprx3rjkseto6si6xsdts6zbom/logo.svg") Resource logo) {
			this.logo = logo;
		}

		Resource logo() {
			return this.logo;
		}

	}
	// end::resource[]

}

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

import java.util.Map;

import io.github.ipfstoolkit.node.IpfsNode;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.RpcEndpoint;
import io.github.ipfstoolkit.rpc.http.KuboHttpClient;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An application with a node that is never reached and all auto-configurations, for
 * {@link OptionalDependenciesTests}.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class OptionalDependenciesApplication {

	/**
	 * Starts and stops the application.
	 * @param dataDirectory where it may keep data
	 * @param arguments further properties
	 * @return the names of its beans
	 */
	public static String[] start(String dataDirectory, String... arguments) {
		SpringApplication application = new SpringApplication(OptionalDependenciesApplication.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setRegisterShutdownHook(false);
		application
			.setDefaultProperties(Map.of("ipfs.data-directory", dataDirectory, "spring.docker.compose.enabled", "false",
					// Boot asks for a database as soon as its modules are there
					"spring.autoconfigure.exclude",
					"org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration"));
		try (ConfigurableApplicationContext context = application.run(arguments)) {
			return context.getBeanDefinitionNames();
		}
	}

	@Bean
	IpfsNode ipfsNode() {
		return new UnreachableNode();
	}

	@Bean
	Kubo kubo() {
		return new KuboHttpClient(new UnreachableNode()::endpoint);
	}

	private static final class UnreachableNode implements IpfsNode {

		@Override
		public RpcEndpoint endpoint() {
			return RpcEndpoint.of("http://127.0.0.1:1", null);
		}

		@Override
		public boolean isManaged() {
			return false;
		}

	}

}

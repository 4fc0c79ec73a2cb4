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

import io.github.ipfstoolkit.listener.IpfsListenerErrorHandler;
import io.github.ipfstoolkit.listener.IpfsListenerOptions;

import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.thread.Threading;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Makes options of {@link IpfsListenerProperties}.
 */
final class IpfsListenerPropertiesMapper {

	private final IpfsListenerProperties properties;

	IpfsListenerPropertiesMapper(IpfsListenerProperties properties) {
		this.properties = properties;
	}

	IpfsListenerOptions toOptions(Environment environment, IpfsListenerErrorHandler errorHandler) {
		IpfsListenerOptions.Builder options = IpfsListenerOptions.builder().errorHandler(errorHandler);
		PropertyMapper map = PropertyMapper.get();
		map.from(this.properties::getConcurrency).to(options::concurrency);
		map.from(this.properties::isAutoStartup).to(options::autoStartup);
		map.from(this.properties::getAckMode).to(options::ackMode);
		map.from(this.properties::getShutdownTimeout).to(options::shutdownTimeout);
		map.from(this.properties.getStartup()::getFailurePolicy).to(options::startupFailurePolicy);
		map.from(this.properties.getStartup()::getRetry).as(this::toBackOff).to(options::startupBackOff);
		if (Threading.VIRTUAL.isActive(environment)) {
			options.executorFactory((id) -> new VirtualThreadTaskExecutor("ipfs-listener-" + id + "-"));
		}
		return options.build();
	}

	private BackOff toBackOff(IpfsListenerProperties.Retry retry) {
		ExponentialBackOff backOff = new ExponentialBackOff();
		backOff.setMultiplier(2);
		PropertyMapper map = PropertyMapper.get();
		map.from(() -> retry.getInitialInterval().toMillis()).to(backOff::setInitialInterval);
		map.from(() -> retry.getMaxInterval().toMillis()).to(backOff::setMaxInterval);
		map.from(retry::getMaxAttempts).to(backOff::setMaxAttempts);
		return backOff;
	}

}

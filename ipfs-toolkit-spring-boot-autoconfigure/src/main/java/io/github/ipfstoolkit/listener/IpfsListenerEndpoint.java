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

import java.util.Locale;
import java.util.function.Consumer;

import org.springframework.util.Assert;

/**
 * One listener: what it listens to, what takes the messages, and where it differs from
 * the application's options.
 *
 * @param id identifies the listener in the {@link IpfsListenerEndpointRegistry}
 * @param type what it listens to
 * @param name the listener's name that peers send to, or that of the topic
 * @param listener takes the messages
 * @param customizer changes those options that differ from the application's
 * @since 0.1.0
 */
public record IpfsListenerEndpoint(String id, IpfsListenerType type, String name, IpfsMessageListener listener,
		Consumer<IpfsListenerOptions.Builder> customizer) {

	public IpfsListenerEndpoint {
		Assert.hasText(id, "'id' must not be empty");
		Assert.hasText(name, "'name' must not be empty");
	}

	/**
	 * Creates an endpoint with its {@linkplain #defaultId default ID} and the
	 * application's options.
	 * @param type what it listens to
	 * @param name the listener's name that peers send to, or that of the topic
	 * @param listener takes the messages
	 * @return the endpoint
	 */
	public static IpfsListenerEndpoint of(IpfsListenerType type, String name, IpfsMessageListener listener) {
		return new IpfsListenerEndpoint(defaultId(type, name), type, name, listener, (options) -> {
		});
	}

	/**
	 * Returns the ID of a listener that was not given one: its name, for a topic with
	 * {@code topic:} before it.
	 * @param type what the listener listens to
	 * @param name its name
	 * @return the ID
	 */
	public static String defaultId(IpfsListenerType type, String name) {
		return (type != IpfsListenerType.TRANSMISSION) ? "%s:%s".formatted(type.name().toLowerCase(Locale.ROOT), name)
				: name;
	}

	/**
	 * Returns the same endpoint with another ID.
	 * @param id the ID
	 * @return a copy
	 */
	public IpfsListenerEndpoint withId(String id) {
		return new IpfsListenerEndpoint(id, this.type, this.name, this.listener, this.customizer);
	}

	/**
	 * Returns the same endpoint with options of its own.
	 * @param customizer changes those options that differ from the application's
	 * @return a copy
	 */
	public IpfsListenerEndpoint withOptions(Consumer<IpfsListenerOptions.Builder> customizer) {
		return new IpfsListenerEndpoint(this.id, this.type, this.name, this.listener, customizer);
	}

}

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

package io.github.ipfstoolkit.observation;

import io.github.ipfstoolkit.rpc.RpcObserver;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Makes an observation of each call to the node's RPC API. Safe for use by several
 * threads.
 *
 * @since 0.1.0
 */
public final class ObservationRpcObserver implements RpcObserver {

	private static final IpfsRpcObservationConvention DEFAULT_CONVENTION = new DefaultIpfsRpcObservationConvention();

	private final ObservationRegistry registry;

	private final @Nullable IpfsRpcObservationConvention convention;

	private final String backend;

	/**
	 * Creates an observer.
	 * @param registry keeps the observations
	 * @param convention names them, {@code null} for
	 * {@link DefaultIpfsRpcObservationConvention}
	 * @param backend how the node is reached
	 */
	public ObservationRpcObserver(ObservationRegistry registry, @Nullable IpfsRpcObservationConvention convention,
			String backend) {
		this.registry = registry;
		this.convention = convention;
		this.backend = backend;
	}

	@Override
	public ObservedCall begin(String command, ContextView context) {
		IpfsRpcObservationContext details = new IpfsRpcObservationContext(command, this.backend);
		Observation observation = IpfsRpcObservationDocumentation.RPC.observation(this.convention, DEFAULT_CONVENTION,
				() -> details, this.registry);
		Observation parent = context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
		if (parent != null) {
			observation.parentObservation(parent);
		}
		observation.start();
		return (end, failure) -> {
			details.setEnd(end);
			if (failure != null) {
				observation.error(failure);
			}
			observation.stop();
		};
	}

}

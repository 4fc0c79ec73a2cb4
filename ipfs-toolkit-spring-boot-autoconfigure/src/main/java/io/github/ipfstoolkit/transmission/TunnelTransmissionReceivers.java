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

package io.github.ipfstoolkit.transmission;

import java.util.List;

import io.github.ipfstoolkit.p2p.TunnelListener;
import io.github.ipfstoolkit.p2p.TunnelOperations;

/**
 * Receives over tunnels. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class TunnelTransmissionReceivers implements TransmissionReceivers {

	private final TunnelOperations tunnels;

	private final TransmissionObserver observer;

	/**
	 * Creates an instance.
	 * @param tunnels where streams come from
	 * @param observers are told of each message
	 */
	public TunnelTransmissionReceivers(TunnelOperations tunnels, List<TransmissionObserver> observers) {
		this.tunnels = tunnels;
		this.observer = new CompositeTransmissionObserver(observers);
	}

	@Override
	public TransmissionReceiver open(String listener, ReceiverOptions options, TransmissionHandler handler) {
		// peers ask at the one and are sent to the other, so that the other must be there
		// first
		TunnelListener standing = this.tunnels.listen(Protocol.standingChannel(listener));
		try {
			TunnelListener requests = this.tunnels.listen(listener);
			try {
				TunnelTransmissionReceiver receiver = new TunnelTransmissionReceiver(requests, standing, options,
						handler, this.observer);
				receiver.start();
				return receiver;
			}
			catch (RuntimeException | Error ex) {
				requests.close();
				throw ex;
			}
		}
		catch (RuntimeException | Error ex) {
			standing.close();
			throw ex;
		}
	}

}

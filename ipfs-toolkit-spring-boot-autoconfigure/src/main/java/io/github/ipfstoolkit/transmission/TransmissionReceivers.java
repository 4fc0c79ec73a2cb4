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

/**
 * Opens receivers for messages of other peers. Listener containers use it; applications
 * annotate a method instead.
 *
 * @since 0.1.0
 */
public interface TransmissionReceivers {

	/**
	 * Starts receiving the messages sent to a listener's name. Returns once peers can
	 * send.
	 * @param listener the listener's name
	 * @param options how to receive
	 * @param handler takes each message
	 * @return the receiver, to be closed by the caller
	 * @throws io.github.ipfstoolkit.p2p.ProtocolInUseException if the name is taken on
	 * the node
	 * @throws io.github.ipfstoolkit.IpfsException if the node can not be reached or
	 * refuses
	 */
	TransmissionReceiver open(String listener, ReceiverOptions options, TransmissionHandler handler);

}

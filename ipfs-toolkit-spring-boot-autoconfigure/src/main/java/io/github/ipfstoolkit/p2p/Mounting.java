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

package io.github.ipfstoolkit.p2p;

import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.rpc.P2pApi;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One listener or forward as it is mounted on the node: how to mount it, to recognise it
 * in the node's list, and to unmount it.
 */
interface Mounting {

	/**
	 * Mounts for as long as the flux is subscribed to.
	 */
	Flux<P2pApi.Mounted> mount();

	/**
	 * Removes the mount and nothing else.
	 */
	Mono<Integer> unmount();

	/**
	 * Returns whether a row of the node's list is this mount.
	 */
	boolean is(P2pApi.Mount row);

	/**
	 * Returns whether the node has it.
	 */
	static Mono<Boolean> isMounted(P2pApi p2p, Mounting mounting) {
		return p2p.ls().map((mounts) -> mounts.listeners().stream().anyMatch(mounting::is));
	}

	/**
	 * Streams of a protocol from any peer to a local address.
	 *
	 * @param protocol the protocol, with {@code /x/}
	 * @param target the address of the application, or of a service
	 * @param reportPeerId whether the node writes the peer's ID before the stream's first
	 * byte, which a service would not understand
	 */
	record Listener(P2pApi p2p, String protocol, Multiaddr target, boolean reportPeerId) implements Mounting {

		@Override
		public Flux<P2pApi.Mounted> mount() {
			return this.p2p.listen(this.protocol, this.target, this.reportPeerId, true);
		}

		@Override
		public Mono<Integer> unmount() {
			return this.p2p.close(this.protocol, null, this.target);
		}

		@Override
		public String toString() {
			return "listener " + this.protocol;
		}

		@Override
		public boolean is(P2pApi.Mount row) {
			return !row.isForward() && row.protocol().equals(this.protocol) && row.targetAddress().equals(this.target);
		}

	}

	/**
	 * Connections to one of the node's addresses as streams to a peer. As the peer is
	 * typed, a target without a peer ID, which would make the node's p2p commands hang
	 * until it is restarted, can not get here.
	 *
	 * @param protocol the protocol, with {@code /x/}
	 * @param address the node's address
	 * @param peer the peer
	 */
	record Forward(P2pApi p2p, String protocol, Multiaddr address, PeerId peer) implements Mounting {

		@Override
		public Flux<P2pApi.Mounted> mount() {
			return this.p2p.forward(this.protocol, this.address, target(), true);
		}

		/**
		 * Mounts until it is unmounted.
		 */
		Mono<Void> mountUntilUnmounted() {
			return this.p2p.forward(this.protocol, this.address, target());
		}

		private Multiaddr target() {
			return Multiaddr.of("/p2p/" + this.peer);
		}

		@Override
		public Mono<Integer> unmount() {
			return this.p2p.close(this.protocol, this.address, null);
		}

		@Override
		public String toString() {
			return "forward " + this.protocol + " to " + this.peer;
		}

		@Override
		public boolean is(P2pApi.Mount row) {
			return row.isForward() && row.protocol().equals(this.protocol) && row.listenAddress().equals(this.address)
					&& row.targetAddress().peerId().filter(this.peer::equals).isPresent();
		}

	}

}

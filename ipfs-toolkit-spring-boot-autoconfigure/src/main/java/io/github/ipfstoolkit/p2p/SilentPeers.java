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

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.SwarmApi;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;

/**
 * Finds out whether peers that keep the application waiting are still there. A node
 * notices by itself only after 30 seconds that a peer has died (the idle time-out of QUIC
 * and the keep-alive of yamux), and keeps streams open until then that lead nowhere. A
 * peer that is merely slow answers a ping, and is left alone.
 */
final class SilentPeers {

	private static final Log logger = LogFactory.getLog(SilentPeers.class);

	/**
	 * How long a peer may keep the application waiting before it is asked, and between
	 * two questions.
	 */
	static final Duration PATIENCE = Duration.ofSeconds(3);

	/**
	 * How long a peer may take to answer: long, as a peer taken for dead by mistake loses
	 * its streams.
	 */
	private static final Duration ANSWER_TIME = Duration.ofSeconds(6);

	private final Kubo kubo;

	private final Map<PeerId, Long> nextQuestion = new ConcurrentHashMap<>();

	SilentPeers(Kubo kubo) {
		this.kubo = kubo;
	}

	/**
	 * Asks those peers that were not asked a moment ago. Does not wait for their answers.
	 * @param silent all peers that keep the application waiting now
	 */
	void check(Set<PeerId> silent) {
		this.nextQuestion.keySet().retainAll(silent);
		long now = System.nanoTime();
		for (PeerId peer : silent) {
			Long next = this.nextQuestion.get(peer);
			if (next == null || now - next > 0) {
				this.nextQuestion.put(peer, now + ANSWER_TIME.plus(PATIENCE).toNanos());
				ask(peer);
			}
		}
	}

	private void ask(PeerId peer) {
		this.kubo.node()
			.ping(peer, 1)
			.any((reply) -> reply.success() && reply.nanos() > 0)
			.timeout(ANSWER_TIME)
			.onErrorResume((failure) -> Mono.just(false))
			.filter((answered) -> !answered)
			.flatMap((unanswered) -> disconnect(peer))
			.subscribe((done) -> {
			}, (failure) -> logger.debug("Could not disconnect from silent peer " + peer, failure));
	}

	/**
	 * Makes the node end its connections to a peer, and so all streams with it: who waits
	 * on one learns at once that it leads nowhere.
	 */
	private Mono<SwarmApi.Disconnected> disconnect(PeerId peer) {
		logger
			.info("Peer %s keeps the application waiting and does not answer a ping: disconnecting it".formatted(peer));
		return this.kubo.swarm().disconnect(Multiaddr.of("/p2p/" + peer));
	}

}

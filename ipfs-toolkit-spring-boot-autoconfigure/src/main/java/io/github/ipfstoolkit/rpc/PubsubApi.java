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

package io.github.ipfstoolkit.rpc;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.ipfstoolkit.PeerId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.annotation.JsonDeserialize;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Commands of {@code pubsub}: messages to all who listen to a topic. The node must have
 * {@code Pubsub.Enabled} switched on.
 *
 * @since 0.1.0
 */
@HttpExchange("/api/v0/pubsub")
public interface PubsubApi {

	/**
	 * Publishes a message ({@code pubsub/pub}).
	 * @param topic the topic
	 * @param upload the message: a single file, at most 1 MiB
	 * @return completes when the node has published it
	 */
	@PostExchange("/pub")
	Mono<Void> pub(@MultibaseParam("arg") String topic, Upload upload);

	/**
	 * Subscribes to a topic for as long as the returned flux is subscribed to
	 * ({@code pubsub/sub}).
	 * @param topic the topic
	 * @return the messages, without end
	 */
	@PostExchange("/sub")
	Flux<Message> sub(@MultibaseParam("arg") String topic);

	/**
	 * Subscribes to a topic, and tells when that has happened ({@code pubsub/sub}).
	 * @param topic the topic
	 * @return the response, as soon as the node has subscribed; its body are the
	 * messages, without end, and must be subscribed to
	 */
	@PostExchange("/sub")
	Mono<ResponseEntity<Flux<Message>>> subscribe(@MultibaseParam("arg") String topic);

	/**
	 * Lists the topics that the node is subscribed to ({@code pubsub/ls}).
	 * @return the topics
	 */
	@PostExchange("/ls")
	Mono<Topics> ls();

	/**
	 * Lists the peers that are known to be subscribed to a topic ({@code pubsub/peers}).
	 * @param topic the topic
	 * @return the peers
	 */
	@PostExchange("/peers")
	Mono<Peers> peers(@MultibaseParam("arg") String topic);

	/**
	 * Lists the peers that are known to be subscribed to any topic
	 * ({@code pubsub/peers}).
	 * @return the peers
	 */
	@PostExchange("/peers")
	Mono<Peers> peers();

	/**
	 * Forgets which messages were seen ({@code pubsub/reset}, Kubo 0.40 or newer), so
	 * that repeated ones are taken again. For tests only.
	 * @return of how many peers it was known
	 */
	@PostExchange("/reset")
	Mono<Reset> reset();

	/**
	 * Forgets which messages of a peer were seen ({@code pubsub/reset}, Kubo 0.40 or
	 * newer), so that repeated ones are taken again. For tests only.
	 * @param peer the peer
	 * @return 1 if it was known, else 0
	 */
	@PostExchange("/reset")
	Mono<Reset> reset(@RequestParam("peer") PeerId peer);

	/**
	 * A message.
	 *
	 * @param from who published it
	 * @param data the message
	 * @param sequence a number that grows from one message of the same peer to the next,
	 * as bytes
	 * @param topics the topic
	 */
	record Message(@JsonProperty("from") PeerId from,
			@JsonProperty("data") @JsonDeserialize(using = Base64Url.BytesDeserializer.class) byte[] data,
			@JsonProperty("seqno") @JsonDeserialize(using = Base64Url.BytesDeserializer.class) byte[] sequence,
			@JsonProperty("topicIDs") @JsonDeserialize(
					contentUsing = Base64Url.TextDeserializer.class) List<String> topics) {

		public Message {
			topics = Replies.orEmpty(topics);
		}

	}

	/**
	 * Topics.
	 *
	 * @param topics their names
	 */
	record Topics(@JsonProperty("Strings") @JsonDeserialize(
			contentUsing = Base64Url.TextDeserializer.class) List<String> topics) {

		public Topics {
			topics = Replies.orEmpty(topics);
		}

	}

	/**
	 * Peers that are subscribed to a topic.
	 *
	 * @param peers the peers
	 */
	record Peers(@JsonProperty("Strings") List<PeerId> peers) {

		public Peers {
			peers = Replies.orEmpty(peers);
		}

	}

	/**
	 * How much was forgotten.
	 *
	 * @param deleted of how many peers
	 */
	record Reset(@JsonProperty("deleted") long deleted) {
	}

}

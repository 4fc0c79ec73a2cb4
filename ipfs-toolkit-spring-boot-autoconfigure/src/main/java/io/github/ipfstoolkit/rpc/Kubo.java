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

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * A Kubo node's RPC API, by section. Each section is an interface whose methods are the
 * section's commands; nothing is sent before the returned publisher is subscribed to.
 * <p>
 * Failures are signalled as {@link io.github.ipfstoolkit.IpfsException}. Safe for use by
 * several threads.
 *
 * @since 0.1.0
 */
public interface Kubo {

	/**
	 * Returns the commands of {@code bitswap}: the exchange of blocks with other peers.
	 * @return the commands
	 */
	default BitswapApi bitswap() {
		return section(BitswapApi.class);
	}

	/**
	 * Returns the commands of {@code block}: single blocks.
	 * @return the commands
	 */
	default BlockApi block() {
		return section(BlockApi.class);
	}

	/**
	 * Returns the commands of {@code bootstrap}: the peers to begin with.
	 * @return the commands
	 */
	default BootstrapApi bootstrap() {
		return section(BootstrapApi.class);
	}

	/**
	 * Returns the commands of {@code cid}: reading and writing CIDs.
	 * @return the commands
	 */
	default CidApi cid() {
		return section(CidApi.class);
	}

	/**
	 * Returns the commands of {@code config}: the configuration.
	 * @return the commands
	 */
	default ConfigApi config() {
		return section(ConfigApi.class);
	}

	/**
	 * Returns the commands on content as files and directories: {@code add}, {@code cat},
	 * {@code get}, {@code ls}, {@code refs}, {@code resolve}.
	 * @return the commands
	 */
	default ContentApi content() {
		return section(ContentApi.class);
	}

	/**
	 * Returns the commands of {@code dag}: data that links to other data, and CAR
	 * archives.
	 * @return the commands
	 */
	default DagApi dag() {
		return section(DagApi.class);
	}

	/**
	 * Returns the commands of {@code dht}: what is left of them.
	 * @return the commands
	 * @deprecated use {@link #routing()}
	 */
	@Deprecated(since = "0.1.0")
	default DhtApi dht() {
		return section(DhtApi.class);
	}

	/**
	 * Returns the commands of {@code diag}: what helps to find the cause of trouble.
	 * @return the commands
	 */
	default DiagApi diag() {
		return section(DiagApi.class);
	}

	/**
	 * Returns the commands of {@code files}: the mutable file system (MFS).
	 * @return the commands
	 */
	default FilesApi files() {
		return section(FilesApi.class);
	}

	/**
	 * Returns the commands of {@code filestore}: blocks that stay in their files.
	 * @return the commands
	 */
	default FilestoreApi filestore() {
		return section(FilestoreApi.class);
	}

	/**
	 * Returns the commands of {@code key}: keys for IPNS.
	 * @return the commands
	 */
	default KeyApi key() {
		return section(KeyApi.class);
	}

	/**
	 * Returns the commands of {@code log}: what the node logs.
	 * @return the commands
	 */
	default LogApi log() {
		return section(LogApi.class);
	}

	/**
	 * Returns the commands of {@code multibase}: bytes as text.
	 * @return the commands
	 */
	default MultibaseApi multibase() {
		return section(MultibaseApi.class);
	}

	/**
	 * Returns the commands of {@code name}: IPNS records.
	 * @return the commands
	 */
	default NameApi name() {
		return section(NameApi.class);
	}

	/**
	 * Returns what concerns the node itself: identity, version, ping, health, shutdown.
	 * @return the commands
	 */
	default NodeApi node() {
		return section(NodeApi.class);
	}

	/**
	 * Returns the commands of {@code object}: what is left of them.
	 * @return the commands
	 * @deprecated use {@link #files()} or {@link #dag()}
	 */
	@Deprecated(since = "0.1.0")
	default ObjectApi object() {
		return section(ObjectApi.class);
	}

	/**
	 * Returns the commands of {@code p2p}: libp2p stream mounting.
	 * @return the commands
	 */
	default P2pApi p2p() {
		return section(P2pApi.class);
	}

	/**
	 * Returns the commands of {@code pin}: content that the node keeps.
	 * @return the commands
	 */
	default PinApi pin() {
		return section(PinApi.class);
	}

	/**
	 * Returns the commands of {@code provide}: announcing content.
	 * @return the commands
	 */
	default ProvideApi provide() {
		return section(ProvideApi.class);
	}

	/**
	 * Returns the commands of {@code pubsub}: messages by topic.
	 * @return the commands
	 */
	default PubsubApi pubsub() {
		return section(PubsubApi.class);
	}

	/**
	 * Returns the commands of {@code pin/remote}: content that a pinning service keeps.
	 * @return the commands
	 */
	default RemotePinApi remotePin() {
		return section(RemotePinApi.class);
	}

	/**
	 * Returns the commands of {@code repo}: the repository.
	 * @return the commands
	 */
	default RepoApi repo() {
		return section(RepoApi.class);
	}

	/**
	 * Returns the commands of {@code routing}: finding peers and providers.
	 * @return the commands
	 */
	default RoutingApi routing() {
		return section(RoutingApi.class);
	}

	/**
	 * Returns the commands of {@code stats}: what the node counts.
	 * @return the commands
	 */
	default StatsApi stats() {
		return section(StatsApi.class);
	}

	/**
	 * Returns the commands of {@code swarm}: connections to other peers.
	 * @return the commands
	 */
	default SwarmApi swarm() {
		return section(SwarmApi.class);
	}

	/**
	 * Returns the commands of a section.
	 * @param type the section's interface; also one that the application declares itself,
	 * for commands that the toolkit does not know
	 * @param <S> the section's type
	 * @return the same object for each call
	 */
	<S> S section(Class<S> type);

	/**
	 * Returns how the node is reached, for people and as a metrics tag.
	 * @return {@code http} or {@code cli}
	 */
	String backend();

	/**
	 * Calls any command, such as one that is newer than this version of the toolkit.
	 * <p>
	 * The node knows a command only by its whole name: a wrong last part can become an
	 * argument of the command before it, a group of commands answers with nothing, and
	 * options that are not known are ignored.
	 * @param command its name, such as {@code files/ls}
	 * @param arguments its arguments, in their order
	 * @param options its options
	 * @param upload what is sent to it, {@code null} for nothing
	 * @param reply the type of the reply's values: {@link DataBuffer} for raw content,
	 * whose buffers are to be released, {@link tools.jackson.databind.JsonNode} for any
	 * JSON, or a type that JSON is read into
	 * @param <T> the type of the reply's values
	 * @return the reply
	 * @throws IllegalArgumentException if the command's name cannot be one
	 */
	<T> Flux<T> call(String command, List<String> arguments, CallOptions options, @Nullable Upload upload,
			Class<T> reply);

	/**
	 * Calls any command, and gives its reply as it is.
	 * @param command its name, such as {@code files/ls}
	 * @param arguments its arguments, in their order
	 * @param options its options
	 * @param upload what is sent to it, {@code null} for nothing
	 * @return the reply; the buffers are to be released
	 * @throws IllegalArgumentException if the command's name cannot be one
	 * @see #call(String, List, CallOptions, Upload, Class)
	 */
	default Flux<DataBuffer> call(String command, List<String> arguments, CallOptions options,
			@Nullable Upload upload) {
		return call(command, arguments, options, upload, DataBuffer.class);
	}

}

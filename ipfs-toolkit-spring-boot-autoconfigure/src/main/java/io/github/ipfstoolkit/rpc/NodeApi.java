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
import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.PeerId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Commands that concern the node itself.
 *
 * @since 0.1.0
 */
@HttpExchange("/api/v0")
public interface NodeApi {

	/**
	 * Returns who the node is ({@code id}).
	 * @return the node's identity
	 */
	@PostExchange("/id")
	Mono<Identity> id();

	/**
	 * Returns what the node knows of a peer ({@code id <peer>}); asks that peer where it
	 * is not connected.
	 * @param peer the peer
	 * @return the peer's identity
	 */
	@PostExchange("/id")
	Mono<Identity> id(@RequestParam("arg") PeerId peer);

	/**
	 * Returns the node's version ({@code version}).
	 * @return the version
	 */
	@PostExchange("/version")
	Mono<Version> version();

	/**
	 * Sends echo requests to a peer ({@code ping}).
	 * @param peer the peer
	 * @param count how many
	 * @return a reply each, and a text for people before and after them
	 */
	@PostExchange("/ping")
	Flux<Ping> ping(@RequestParam("arg") PeerId peer, @RequestParam("count") int count);

	/**
	 * Asks the node whether it is well ({@code diag/healthy}, Kubo 0.42 or newer).
	 * @return {@code ok}
	 */
	@PostExchange("/diag/healthy")
	Mono<String> healthy();

	/**
	 * Ends the node ({@code shutdown}). The connection may end before the reply.
	 * @return completes when the node has answered
	 */
	@PostExchange("/shutdown")
	Mono<Void> shutdown();

	/**
	 * Compares the node's version with those of connected peers ({@code version/check}).
	 * @return what was found
	 */
	@PostExchange("/version/check")
	Mono<VersionCheck> checkVersion();

	/**
	 * Compares the node's version with those of connected peers ({@code version/check}).
	 * @param minPercent how many in a hundred must have a newer version for an update to
	 * be recommended; the node takes 5 by default
	 * @return what was found
	 */
	@PostExchange("/version/check")
	Mono<VersionCheck> checkVersion(@RequestParam("min-percent") int minPercent);

	/**
	 * Lists what the node was built from ({@code version/deps}).
	 * @return the node's own module, then all others
	 */
	@PostExchange("/version/deps")
	Flux<Dependency> dependencies();

	/**
	 * Lists the node's commands ({@code commands}), also those that cannot be called over
	 * HTTP.
	 * @param flags whether to list their options, which Kubo 0.43 does in any case
	 * @return the root of the commands
	 */
	@PostExchange("/commands")
	Mono<Command> commands(@RequestParam("flags") boolean flags);

	/**
	 * Mounts content as directories on the node's machine ({@code mount}), which needs
	 * FUSE there.
	 * @param ipfsPath where {@code /ipfs} is to be; as configured if {@code null}
	 * @param ipnsPath where {@code /ipns} is to be; as configured if {@code null}
	 * @param mfsPath where the mutable file system is to be; as configured if
	 * {@code null}
	 * @return where they are
	 */
	@PostExchange("/mount")
	Mono<MountPoints> mount(@RequestParam("ipfs-path") @Nullable String ipfsPath,
			@RequestParam("ipns-path") @Nullable String ipnsPath, @RequestParam("mfs-path") @Nullable String mfsPath);

	/**
	 * A peer's identity.
	 *
	 * @param id the peer ID
	 * @param publicKey the public key, in base 64
	 * @param addresses the addresses at which the peer listens, each with its peer ID
	 * @param agentVersion the software's name and version
	 * @param protocols the libp2p protocols it speaks
	 */
	record Identity(@JsonProperty("ID") PeerId id, @JsonProperty("PublicKey") @Nullable String publicKey,
			@JsonProperty("Addresses") List<Multiaddr> addresses,
			@JsonProperty("AgentVersion") @Nullable String agentVersion,
			@JsonProperty("Protocols") List<String> protocols) {

		public Identity {
			addresses = Replies.orEmpty(addresses);
			protocols = Replies.orEmpty(protocols);
		}

	}

	/**
	 * A node's version.
	 *
	 * @param version the version, such as {@code 0.43.0}
	 * @param commit the commit that it was built from, may be empty
	 * @param repo the version of the repository's format
	 * @param system the processor and operating system
	 * @param golang the version of Go
	 */
	record Version(@JsonProperty("Version") String version, @JsonProperty("Commit") String commit,
			@JsonProperty("Repo") String repo, @JsonProperty("System") String system,
			@JsonProperty("Golang") String golang) {
	}

	/**
	 * One reply to a ping, or a text about it.
	 *
	 * @param success whether nothing has failed
	 * @param nanos the round trip's time in nanoseconds, 0 for a text
	 * @param text a text for people, may be empty
	 */
	record Ping(@JsonProperty("Success") boolean success, @JsonProperty("Time") long nanos,
			@JsonProperty("Text") String text) {
	}

	/**
	 * How the node's version compares with those of others.
	 *
	 * @param updateAvailable whether enough peers have a newer version
	 * @param runningVersion the node's version
	 * @param greatestVersion the newest version that was seen
	 * @param peersSampled how many peers were looked at
	 * @param withGreaterVersion how many have a newer version
	 */
	record VersionCheck(@JsonProperty("UpdateAvailable") boolean updateAvailable,
			@JsonProperty("RunningVersion") String runningVersion,
			@JsonProperty("GreatestVersion") String greatestVersion, @JsonProperty("PeersSampled") int peersSampled,
			@JsonProperty("WithGreaterVersion") int withGreaterVersion) {
	}

	/**
	 * A module that the node was built from.
	 *
	 * @param path the module's path
	 * @param version its version
	 * @param replacedBy the module that was used in its place, empty where none was
	 * @param sum its checksum
	 */
	record Dependency(@JsonProperty("Path") String path, @JsonProperty("Version") String version,
			@JsonProperty("ReplacedBy") String replacedBy, @JsonProperty("Sum") String sum) {
	}

	/**
	 * A command, or a group of commands.
	 *
	 * @param name the last part of its path
	 * @param subcommands the commands below it
	 * @param options its options, besides those of the groups that it is in; empty unless
	 * asked for, except for the root, whose options are those of all commands
	 */
	record Command(@JsonProperty("Name") String name, @JsonProperty("Subcommands") List<Command> subcommands,
			@JsonProperty("Options") List<Option> options) {

		public Command {
			subcommands = Replies.orEmpty(subcommands);
			options = Replies.orEmpty(options);
		}

	}

	/**
	 * An option of a command.
	 *
	 * @param names its names, the first of which is used in this package
	 */
	record Option(@JsonProperty("Names") List<String> names) {

		public Option {
			names = Replies.orEmpty(names);
		}

	}

	/**
	 * Where content is mounted.
	 *
	 * @param ipfs where {@code /ipfs} is
	 * @param ipns where {@code /ipns} is
	 * @param mfs where the mutable file system is
	 */
	record MountPoints(@JsonProperty("IPFS") String ipfs, @JsonProperty("IPNS") String ipns,
			@JsonProperty("MFS") String mfs) {
	}

}

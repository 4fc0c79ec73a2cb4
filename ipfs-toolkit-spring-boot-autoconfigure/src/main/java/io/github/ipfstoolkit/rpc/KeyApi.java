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
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.ipfstoolkit.PeerId;
import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Commands of {@code key}: the node's keys, each of which has an IPNS name. The key
 * {@code self} is the node's identity.
 *
 * @since 0.1.0
 */
@HttpExchange("/api/v0/key")
public interface KeyApi {

	/**
	 * Makes an Ed25519 key ({@code key/gen}).
	 * @param name the key's name on this node
	 * @return the key
	 */
	@PostExchange("/gen")
	Mono<Key> gen(@RequestParam("arg") String name);

	/**
	 * Makes a key ({@code key/gen}).
	 * @param name the key's name on this node
	 * @param options which kind of key
	 * @return the key
	 */
	@PostExchange("/gen")
	Mono<Key> gen(@RequestParam("arg") String name, GenOptions options);

	/**
	 * Lists the keys ({@code key/ls}).
	 * @return the keys
	 */
	@PostExchange("/ls")
	Mono<Keys> ls();

	/**
	 * Renames a key ({@code key/rename}).
	 * @param name the key's name
	 * @param newName its new name
	 * @param force whether another key of that name is overwritten
	 * @return what was done
	 */
	@PostExchange("/rename")
	Mono<Renamed> rename(@RequestParam("arg") String name, @RequestParam("arg") String newName,
			@RequestParam("force") boolean force);

	/**
	 * Removes a key for ever ({@code key/rm}).
	 * @param name the key's name
	 * @return the removed key
	 */
	@PostExchange("/rm")
	Mono<Keys> rm(@RequestParam("arg") String name);

	/**
	 * Takes a key from a file ({@code key/import}).
	 * @param name the key's name on this node
	 * @param upload the private key
	 * @param format {@code libp2p-protobuf-cleartext} or {@code pem-pkcs8-cleartext}
	 * @return the key
	 */
	@PostExchange("/import")
	Mono<Key> importKey(@RequestParam("arg") String name, Upload upload, @RequestParam("format") String format);

	/**
	 * Takes a key of any kind from a file ({@code key/import}).
	 * @param name the key's name on this node
	 * @param upload the private key
	 * @param format {@code libp2p-protobuf-cleartext} or {@code pem-pkcs8-cleartext}
	 * @param allowAnyKeyType whether also kinds are taken that the node does not make
	 * itself, with which not all of its commands work
	 * @return the key
	 */
	@PostExchange("/import")
	Mono<Key> importKey(@RequestParam("arg") String name, Upload upload, @RequestParam("format") String format,
			@RequestParam("allow-any-key-type") boolean allowAnyKeyType);

	/**
	 * Signs data with the node's own key ({@code key/sign}). The data is signed after the
	 * words {@code libp2p-key signed message:}, so that the signature fits nothing else.
	 * @param upload the data: a single file, which the node reads into memory
	 * @return the signature
	 */
	@PostExchange("/sign")
	Mono<Signed> sign(Upload upload);

	/**
	 * Signs data with a key ({@code key/sign}).
	 * @param upload the data: a single file, which the node reads into memory
	 * @param key the key's name
	 * @return the signature
	 */
	@PostExchange("/sign")
	Mono<Signed> sign(Upload upload, @RequestParam("key") String key);

	/**
	 * Checks a signature ({@code key/verify}).
	 * @param upload the data: a single file, which the node reads into memory
	 * @param key the key's name, or another node's peer ID or IPNS name
	 * @param signature the signature, as {@link Signed#signature()} gives it
	 * @return whether it is the key's for that data
	 */
	@PostExchange("/verify")
	Mono<SignatureCheck> verify(Upload upload, @RequestParam("key") String key,
			@RequestParam("signature") String signature);

	/**
	 * Reads a private key from the repository ({@code key/export}), in the form that
	 * {@code libp2p-protobuf-cleartext} names. Kubo does not offer this over HTTP: it
	 * needs a client that runs the executable on the node's repository.
	 * @param name the key's name, not {@code self}
	 * @return the private key
	 */
	@PostExchange("/export")
	Mono<byte[]> export(@RequestParam("arg") String name);

	/**
	 * Reads a private key from the repository ({@code key/export}). Kubo does not offer
	 * this over HTTP: it needs a client that runs the executable on the node's
	 * repository.
	 * @param name the key's name, not {@code self}
	 * @param format {@code libp2p-protobuf-cleartext} or {@code pem-pkcs8-cleartext}
	 * @return the private key
	 */
	@PostExchange("/export")
	Mono<byte[]> export(@RequestParam("arg") String name, @RequestParam("format") String format);

	/**
	 * Gives the node a new identity ({@code key/rotate}), with an Ed25519 key. Kubo does
	 * not offer this over HTTP: it needs a client that runs the executable on the node's
	 * repository, while no node runs on it.
	 * @param oldKey the name that the key of the former identity gets
	 * @return the new identity
	 */
	@PostExchange("/rotate")
	Mono<Rotated> rotate(@RequestParam("oldkey") String oldKey);

	/**
	 * Gives the node a new identity ({@code key/rotate}). Kubo does not offer this over
	 * HTTP: it needs a client that runs the executable on the node's repository, while no
	 * node runs on it.
	 * @param oldKey the name that the key of the former identity gets
	 * @param options which kind of key the new one is
	 * @return the new identity
	 */
	@PostExchange("/rotate")
	Mono<Rotated> rotate(@RequestParam("oldkey") String oldKey, GenOptions options);

	/**
	 * Lists the keys ({@code key/list}).
	 * @return the keys
	 * @deprecated use {@link #ls()}
	 */
	@Deprecated(since = "0.1.0")
	@PostExchange("/list")
	Mono<Keys> list();

	/**
	 * A key.
	 *
	 * @param name the key's name on this node
	 * @param id its identity; {@link PeerId#toIpnsName()} is its IPNS name
	 */
	record Key(@JsonProperty("Name") String name, @JsonProperty("Id") PeerId id) {
	}

	/**
	 * Keys.
	 *
	 * @param keys the keys
	 */
	record Keys(@JsonProperty("Keys") List<Key> keys) {

		public Keys {
			keys = Replies.orEmpty(keys);
		}

	}

	/**
	 * A key that was renamed.
	 *
	 * @param oldName its former name
	 * @param newName its name
	 * @param id its identity
	 * @param overwritten whether another key of that name was overwritten
	 */
	record Renamed(@JsonProperty("Was") String oldName, @JsonProperty("Now") String newName,
			@JsonProperty("Id") PeerId id, @JsonProperty("Overwrite") boolean overwritten) {
	}

	/**
	 * A node's new identity.
	 *
	 * @param id the peer ID
	 */
	record Rotated(@JsonProperty("Id") PeerId id) {
	}

	/**
	 * A signature.
	 *
	 * @param key the key
	 * @param signature the signature in multibase
	 */
	record Signed(@JsonProperty("Key") Key key, @JsonProperty("Signature") String signature) {
	}

	/**
	 * Whether a signature is right.
	 *
	 * @param key the key, without a name where it is not the node's
	 * @param valid whether the signature is the key's for that data
	 */
	record SignatureCheck(@JsonProperty("Key") Key key, @JsonProperty("SignatureValid") boolean valid) {
	}

	/**
	 * Options of {@code key/gen}.
	 */
	final class GenOptions extends CommandOptions<GenOptions> {

		private static final GenOptions DEFAULTS = new GenOptions(Map.of());

		private GenOptions(Map<String, List<String>> parameters) {
			super(parameters, GenOptions::new);
		}

		/**
		 * Returns options of which none is set.
		 * @return the options
		 */
		public static GenOptions defaults() {
			return DEFAULTS;
		}

		/**
		 * Sets the kind of the key.
		 * @param type {@code ed25519}, {@code rsa} or {@code secp256k1}
		 * @return new options
		 */
		public GenOptions type(String type) {
			return with("type", type);
		}

		/**
		 * Sets the size of an RSA key.
		 * @param bits how many bits
		 * @return new options
		 */
		public GenOptions size(int bits) {
			return with("size", bits);
		}

	}

}

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
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Commands of {@code cid}: reading and writing CIDs. They need no content.
 *
 * @since 0.1.0
 */
@HttpExchange("/api/v0/cid")
public interface CidApi {

	/**
	 * Writes CIDs in another form ({@code cid/format}).
	 * @param cids the CIDs
	 * @param options the form
	 * @return the CIDs in that form; then an error if one cannot be read
	 */
	@PostExchange("/format")
	Flux<Formatted> format(@RequestParam("arg") List<String> cids, FormatOptions options);

	/**
	 * Writes CIDs as version 1 in base 32 ({@code cid/base32}).
	 * @param cids the CIDs
	 * @return the CIDs in that form; then an error if one cannot be read
	 */
	@PostExchange("/base32")
	Flux<Formatted> base32(@RequestParam("arg") List<String> cids);

	/**
	 * Tells what a CID consists of ({@code cid/inspect}, Kubo 0.41 or newer).
	 * @param cid the CID
	 * @return its parts; an error if it cannot be read
	 */
	@PostExchange("/inspect")
	Mono<Inspected> inspect(@RequestParam("arg") String cid);

	/**
	 * Lists the multibase encodings ({@code cid/bases}).
	 * @return the encodings
	 */
	@PostExchange("/bases")
	Flux<CodeAndName> bases();

	/**
	 * Lists the codecs ({@code cid/codecs}).
	 * @param supported whether to list only those which {@code dag} commands can read
	 * @return the codecs
	 */
	@PostExchange("/codecs")
	Flux<CodeAndName> codecs(@RequestParam("supported") boolean supported);

	/**
	 * Lists the hash functions ({@code cid/hashes}).
	 * @param supported whether to list only those which {@code add} can use
	 * @return the hash functions
	 */
	@PostExchange("/hashes")
	Flux<CodeAndName> hashes(@RequestParam("supported") boolean supported);

	/**
	 * A CID in another form.
	 *
	 * @param cid the CID as it was given
	 * @param formatted the CID in the other form
	 * @param reason why it cannot be read; raised as an exception by the client
	 */
	record Formatted(@JsonProperty("CidStr") String cid, @JsonProperty("Formatted") String formatted,
			@JsonProperty("ErrorMsg") @Nullable String reason) implements InBandError {

		@Override
		public @Nullable String error() {
			return StringUtils.hasLength(this.reason) ? "'%s': %s".formatted(this.cid, this.reason) : null;
		}

	}

	/**
	 * What a CID consists of.
	 *
	 * @param cid the CID as it was given
	 * @param version 0 or 1
	 * @param multibase how it is written
	 * @param codec what the content is
	 * @param multihash the content's hash
	 * @param cidV0 the same as version 0, empty where it has no such form
	 * @param cidV1 the same as version 1
	 * @param reason why it cannot be read; raised as an exception by the client
	 */
	record Inspected(@JsonProperty("cid") String cid, @JsonProperty("version") int version,
			@JsonProperty("multibase") Multibase multibase, @JsonProperty("multicodec") Multicodec codec,
			@JsonProperty("multihash") Multihash multihash, @JsonProperty("cidV0") String cidV0,
			@JsonProperty("cidV1") String cidV1,
			@JsonProperty("errorMsg") @Nullable String reason) implements InBandError {

		public Inspected {
			cidV0 = (cidV0 != null) ? cidV0 : "";
		}

		@Override
		public @Nullable String error() {
			return StringUtils.hasLength(this.reason) ? "'%s': %s".formatted(this.cid, this.reason) : null;
		}

	}

	/**
	 * An encoding.
	 *
	 * @param prefix the character that stands for it
	 * @param name its name, such as {@code base32}
	 */
	record Multibase(@JsonProperty("prefix") String prefix, @JsonProperty("name") String name) {
	}

	/**
	 * A codec.
	 *
	 * @param code its number
	 * @param name its name, such as {@code dag-pb}
	 */
	record Multicodec(@JsonProperty("code") long code, @JsonProperty("name") String name) {
	}

	/**
	 * A hash.
	 *
	 * @param code the hash function's number
	 * @param name the hash function's name, such as {@code sha2-256}
	 * @param length the hash's length in bytes
	 * @param digest the hash in hexadecimal digits
	 */
	record Multihash(@JsonProperty("code") long code, @JsonProperty("name") String name,
			@JsonProperty("length") int length, @JsonProperty("digest") String digest) {
	}

	/**
	 * Options of {@code cid/format}.
	 */
	final class FormatOptions extends CommandOptions<FormatOptions> {

		private static final FormatOptions DEFAULTS = new FormatOptions(Map.of());

		private FormatOptions(Map<String, List<String>> parameters) {
			super(parameters, FormatOptions::new);
		}

		/**
		 * Returns options of which none is set.
		 * @return the options
		 */
		public static FormatOptions defaults() {
			return DEFAULTS;
		}

		/**
		 * Sets the form as text with placeholders, such as {@code %b-%v-%c-%h-%L}.
		 * @param format the form, {@code %s} by default, which is the whole CID
		 * @return new options
		 */
		public FormatOptions format(String format) {
			return with("f", format);
		}

		/**
		 * Sets the version.
		 * @param version 0 or 1
		 * @return new options
		 */
		public FormatOptions version(int version) {
			return with("v", version);
		}

		/**
		 * Sets the codec.
		 * @param codec its name, such as {@code raw}
		 * @return new options
		 */
		public FormatOptions codec(String codec) {
			return with("mc", codec);
		}

		/**
		 * Sets the multibase encoding.
		 * @param base its name, such as {@code base58btc}
		 * @return new options
		 */
		public FormatOptions base(String base) {
			return with("b", base);
		}

	}

}

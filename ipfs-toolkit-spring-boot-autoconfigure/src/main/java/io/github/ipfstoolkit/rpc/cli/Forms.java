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

package io.github.ipfstoolkit.rpc.cli;

import java.util.Map;
import java.util.Set;

import org.springframework.http.MediaType;

/**
 * The commands that print something else than JSON.
 */
final class Forms {

	private static final Form JSON = new Form() {
	};

	private static final Form RAW = new Form() {

		@Override
		public MediaType contentType() {
			return MediaType.APPLICATION_OCTET_STREAM;
		}

	};

	private static final Set<String> RAW_COMMANDS = Set.of("block/get", "cat", "dag/export", "dag/get", "files/read",
			"log/tail", "multibase/decode", "multibase/encode", "multibase/transcode", "name/get");

	private static final Map<String, Form> OTHERS = Map.ofEntries(Map.entry("add", new AddForm()),
			Map.entry("block/rm", new RemovedBlocksForm()), Map.entry("cid/base32", new FormattedCidsForm()),
			Map.entry("cid/format", new FormattedCidsForm()), Map.entry("diag/profile", WrittenFileForm.profile()),
			Map.entry("filestore/ls", new FilestoreForm()), Map.entry("filestore/verify", new FilestoreForm()),
			Map.entry("get", WrittenFileForm.archive()), Map.entry("key/export", WrittenFileForm.key()),
			Map.entry("key/rotate", new RotatedKeyForm()), Map.entry("ls", new ListingForm()),
			Map.entry("pubsub/peers", new PubsubForm()), Map.entry("pubsub/pub", new PubsubForm()),
			Map.entry("pubsub/sub", new PubsubForm()), Map.entry("repo/migrate", new MigrationForm()),
			Map.entry("stats/bw", new BandwidthForm()));

	private Forms() {
	}

	static Form of(String command) {
		return OTHERS.getOrDefault(command, RAW_COMMANDS.contains(command) ? RAW : JSON);
	}

}

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

import com.fasterxml.jackson.annotation.JsonProperty;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Commands of {@code config}: the node's configuration. Most changes need a restart of
 * the node; {@code Experimental.Libp2pStreamMounting} does not.
 *
 * @since 0.1.0
 */
@HttpExchange("/api/v0")
public interface ConfigApi {

	/**
	 * Reads a value ({@code config}).
	 * @param key the key, such as {@code Pubsub.Enabled}
	 * @return the value; an error where it is not set
	 */
	@PostExchange("/config")
	Mono<Setting> get(@RequestParam("arg") String key);

	/**
	 * Reads a value ({@code config}).
	 * @param key the key, such as {@code Bootstrap}
	 * @param expandAuto whether to put in what {@code auto} stands for
	 * @return the value; an error where it is not set
	 */
	@PostExchange("/config")
	Mono<Setting> get(@RequestParam("arg") String key, @RequestParam("expand-auto") boolean expandAuto);

	/**
	 * Sets a text ({@code config}).
	 * @param key the key, such as {@code Datastore.StorageMax}
	 * @param value the text
	 * @return the new value
	 */
	@PostExchange("/config")
	Mono<Setting> set(@RequestParam("arg") String key, @RequestParam("arg") String value);

	/**
	 * Sets a value that is no text ({@code config}).
	 * @param key the key, such as {@code Pubsub.Enabled}
	 * @param json the value in JSON, such as {@code true}
	 * @return the new value
	 */
	@PostExchange("/config?json=true")
	Mono<Setting> setJson(@RequestParam("arg") String key, @RequestParam("arg") String json);

	/**
	 * Sets a truth value ({@code config}).
	 * @param key the key, such as {@code Pubsub.Enabled}
	 * @param value the value
	 * @return the new value
	 */
	@PostExchange("/config?bool=true")
	Mono<Setting> setBoolean(@RequestParam("arg") String key, @RequestParam("arg") boolean value);

	/**
	 * Reads the whole configuration without the private key ({@code config/show}).
	 * @return the configuration
	 */
	@PostExchange("/config/show")
	Mono<JsonNode> show();

	/**
	 * Reads the whole configuration without the private key ({@code config/show}).
	 * @param expandAuto whether to put in what {@code auto} stands for
	 * @return the configuration
	 */
	@PostExchange("/config/show")
	Mono<JsonNode> show(@RequestParam("expand-auto") boolean expandAuto);

	/**
	 * Replaces the whole configuration except the identity ({@code config/replace}).
	 * @param upload the configuration in JSON: a single file
	 * @return completes when it is replaced
	 */
	@PostExchange("/config/replace")
	Mono<Void> replace(Upload upload);

	/**
	 * Applies a profile ({@code config/profile/apply}).
	 * @param profile the profile's name, such as {@code server}
	 * @param dryRun whether nothing is to be changed
	 * @return the configuration before and after
	 */
	@PostExchange("/config/profile/apply")
	Mono<ProfileChange> applyProfile(@RequestParam("arg") String profile, @RequestParam("dry-run") boolean dryRun);

	/**
	 * A setting.
	 *
	 * @param key the key
	 * @param value the value
	 */
	record Setting(@JsonProperty("Key") String key, @JsonProperty("Value") JsonNode value) {
	}

	/**
	 * What a profile changes.
	 *
	 * @param before the configuration before
	 * @param after the configuration after
	 */
	record ProfileChange(@JsonProperty("OldCfg") JsonNode before, @JsonProperty("NewCfg") JsonNode after) {
	}

}

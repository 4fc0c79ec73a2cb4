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

/**
 * An entry of one of the multiformats' tables.
 *
 * @param code its number; for a multibase encoding that of its prefix character, 0 for
 * the one without
 * @param name its name, such as {@code base32}, {@code dag-pb} or {@code sha2-256}
 * @since 0.1.0
 */
public record CodeAndName(@JsonProperty("Code") int code, @JsonProperty("Name") String name) {
}

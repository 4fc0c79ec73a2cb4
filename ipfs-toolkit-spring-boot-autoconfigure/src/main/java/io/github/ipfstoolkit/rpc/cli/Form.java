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

import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;

/**
 * How the executable is asked for a command's reply, and what it prints of it. Most
 * commands print the same JSON or bytes as they send over HTTP.
 */
interface Form {

	/**
	 * Changes a call so that the executable prints what can be read.
	 */
	default Invocation prepare(Invocation call, Workspace workspace) {
		return call;
	}

	/**
	 * Returns what replies are in the end.
	 */
	default MediaType contentType() {
		return MediaType.APPLICATION_JSON;
	}

	/**
	 * Returns whether a reply can tell of failures itself, so that it is one although the
	 * executable has failed.
	 */
	default boolean tellsFailures(Exit exit) {
		return false;
	}

	/**
	 * Makes the reply of what is printed.
	 */
	default Flux<DataBuffer> reply(Printed printed) {
		return printed.output().concatWith(printed.verified());
	}

}

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

package io.github.ipfstoolkit.rpc.http;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Commands for tests of the transport, in each of the forms that sections use.
 */
@HttpExchange("/api/v0")
interface TestApi {

	@PostExchange("/version")
	Mono<Version> version();

	@PostExchange("/cat")
	Flux<DataBuffer> cat(@RequestParam("arg") String path);

	@PostExchange("/cat?offline=true")
	Flux<DataBuffer> catOffline(@RequestParam("arg") String path);

	@PostExchange("/cat")
	Flux<DataBuffer> cat(@RequestParam("arg") String path, @RequestParam("offset") long offset,
			@RequestParam("length") long length);

	@PostExchange("/cat")
	Mono<ResponseEntity<Flux<DataBuffer>>> catEntity(@RequestParam("arg") String path);

	@PostExchange("/refs")
	Flux<Ref> refs(@RequestParam("arg") String path);

	@PostExchange("/files/rm")
	Mono<Void> filesRm(@RequestParam("arg") String path);

	@PostExchange("/files/cp")
	Mono<Void> filesCp(@RequestParam("arg") String from, @RequestParam("arg") String to);

	@PostExchange("/pin/add")
	Mono<String> pinAdd(@RequestParam("arg") List<String> paths, @RequestParam("timeout") Duration timeout);

	@PostExchange("/pubsub/sub")
	Flux<DataBuffer> subscribe(@RequestParam("arg") String topic);

	@PostExchange("/log/tail")
	Flux<DataBuffer> logTail();

	@PostExchange("/block/rm")
	Mono<String> blockRm(@RequestParam("arg") String cid);

	@PostExchange("/add")
	Flux<Added> add(@RequestPart("file") Resource content, @RequestParam("chunker") String chunker);

	@PostExchange(url = "/block/put", contentType = "application/octet-stream")
	Mono<String> upload(@RequestBody Flux<DataBuffer> body);

	@PostExchange("/diag/cmds")
	Flux<ActiveCommand> activeCommands();

	@PostExchange("/no/such/command")
	Mono<String> unknown();

	@PostExchange("/cat")
	Mono<String> withoutArgument();

	record Version(@JsonProperty("Version") String version) {
	}

	record Ref(@JsonProperty("Ref") String ref) {
	}

	record Added(@JsonProperty("Name") String name, @JsonProperty("Hash") String hash) {
	}

	record ActiveCommand(@JsonProperty("Command") String command, @JsonProperty("Active") boolean active) {
	}

}

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

package io.github.ipfstoolkit.rpc.client;

import java.nio.charset.StandardCharsets;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.rpc.CommandFailedException;
import io.github.ipfstoolkit.rpc.InvalidArgumentException;
import io.github.ipfstoolkit.rpc.RpcAccessDeniedException;
import io.github.ipfstoolkit.rpc.RpcError;
import io.github.ipfstoolkit.rpc.RpcException;
import io.github.ipfstoolkit.rpc.UnknownCommandException;
import io.github.ipfstoolkit.rpc.UnsupportedCommandException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClientRequestException;

/**
 * Makes exceptions of replies that report an error: Kubo's own are JSON, those of its
 * HTTP handlers plain text, whatever the status (<a href=
 * "https://github.com/ipfs/go-ipfs-cmds/blob/master/http/handler.go">go-ipfs-cmds</a>).
 */
final class ErrorReplies implements ExchangeFilterFunction {

	private static final int MAX_BYTES = 64 * 1024;

	private static final int MAX_TEXT = 1000;

	private final JsonMapper mapper;

	ErrorReplies(JsonMapper mapper) {
		this.mapper = mapper;
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		return next.exchange(request)
			.onErrorMap(WebClientRequestException.class, ErrorReplies::unwrap)
			.flatMap((response) -> {
				if (response.statusCode().is2xxSuccessful()) {
					return Mono.just(response);
				}
				return readBody(response).map((body) -> toException(CallKind.command(request.url()), response, body))
					.flatMap(Mono::error);
			});
	}

	/**
	 * Lets observations see the failure itself, as callers do.
	 */
	private static Throwable unwrap(WebClientRequestException ex) {
		return (ex.getCause() instanceof IpfsException cause) ? cause : ex;
	}

	private Mono<String> readBody(ClientResponse response) {
		return DataBufferUtils
			.join(DataBufferUtils.takeUntilByteCount(response.bodyToFlux(DataBuffer.class), MAX_BYTES))
			.map((buffer) -> {
				String text = buffer.toString(StandardCharsets.UTF_8);
				DataBufferUtils.release(buffer);
				return text;
			})
			// the status says enough where the body cannot be read
			.onErrorReturn("")
			.defaultIfEmpty("");
	}

	private RpcException toException(String command, ClientResponse response, String body) {
		int status = response.statusCode().value();
		boolean json = response.headers()
			.contentType()
			.filter(MediaType.APPLICATION_JSON::isCompatibleWith)
			.isPresent();
		RpcError error = json ? parse(body) : null;
		if (error != null) {
			return switch ((error.code() != null) ? error.code() : 0) {
				case 1 -> new InvalidArgumentException(command, status, error);
				case 4 -> new RpcAccessDeniedException(command, status, error);
				default -> new CommandFailedException(command, status, error);
			};
		}
		RpcError text = new RpcError(shorten(body.strip()), null, null);
		return switch (status) {
			case 400 -> new InvalidArgumentException(command, status, text);
			case 403 -> new RpcAccessDeniedException(command, status, text);
			case 404 ->
				CallKind.isLocal(command) ? new UnsupportedCommandException(command, "Kubo does not offer it over HTTP",
						"It needs the ipfs executable on the node's machine: ipfs.backend=cli, or a KuboCliClient.",
						status, text) : new UnknownCommandException(command, status, text);
			case 500 -> new CommandFailedException(command, status, text);
			default ->
				new RpcException("The node answered '%s' with HTTP %d: %s".formatted(command, status, text.message()),
						command, status, text, null);
		};
	}

	private @Nullable RpcError parse(String body) {
		try {
			return this.mapper.readValue(body, RpcError.class);
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	private static String shorten(String text) {
		return (text.length() > MAX_TEXT) ? text.substring(0, MAX_TEXT) + "…" : text;
	}

}

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

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.github.ipfstoolkit.rpc.InvalidArgumentException;
import io.github.ipfstoolkit.rpc.RpcError;

/**
 * {@code pubsub/sub}, {@code pubsub/pub} and {@code pubsub/peers}: the executable takes
 * topics as they are, and itself makes of them what goes over HTTP.
 */
final class PubsubForm implements Form {

	private static final String PREFIX = "u";

	@Override
	public Invocation prepare(Invocation call, Workspace workspace) {
		return call
			.withEachArgument((argument) -> argument.startsWith(PREFIX) ? decode(argument, call.command()) : argument);
	}

	private static String decode(String topic, String command) {
		try {
			byte[] bytes = Base64.getUrlDecoder().decode(topic.substring(PREFIX.length()));
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (IllegalArgumentException | CharacterCodingException ex) {
			throw new InvalidArgumentException(command, 400,
					new RpcError("the executable can only be given topics that are text in UTF-8", 1, "error"));
		}
	}

}

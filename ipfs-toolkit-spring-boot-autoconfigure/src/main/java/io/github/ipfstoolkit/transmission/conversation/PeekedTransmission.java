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
package io.github.ipfstoolkit.transmission.conversation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.transmission.MessageTooLargeException;
import io.github.ipfstoolkit.transmission.Transmission;

import org.springframework.util.unit.DataSize;

/**
 * A message of which the start was read already.
 */
final class PeekedTransmission implements Transmission {

	private final Transmission message;

	private final InputStream content;

	private final DataSize maxSize;

	PeekedTransmission(Transmission message, byte[] start, DataSize maxSize) {
		this.message = message;
		this.content = new SequenceInputStream(new ByteArrayInputStream(start), message.content());
		this.maxSize = maxSize;
	}

	@Override
	public PeerId sender() {
		return this.message.sender();
	}

	@Override
	public String listener() {
		return this.message.listener();
	}

	@Override
	public long length() {
		return this.message.length();
	}

	@Override
	public InputStream content() {
		return this.content;
	}

	@Override
	public byte[] bytes() throws IOException {
		if (length() > this.maxSize.toBytes()) {
			throw new MessageTooLargeException(length(), this.maxSize);
		}
		return this.content.readAllBytes();
	}

}

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
package io.github.ipfstoolkit.listener;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.transmission.Transmission;

/**
 * What a peer has sent to get an answer.
 *
 * @param bytes the whole of it
 */
@SuppressWarnings("ArrayRecordComponent")
record Request(PeerId sender, String listener, byte[] bytes, InputStream content) implements Transmission {

	Request(PeerId sender, String listener, byte[] bytes) {
		this(sender, listener, bytes, new ByteArrayInputStream(bytes));
	}

	@Override
	public long length() {
		return this.bytes.length;
	}

}

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

package io.github.ipfstoolkit.autoconfigure;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.Supplier;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.core.ContentOperations;
import io.github.ipfstoolkit.transmission.file.FileContents;

/**
 * Publishes and fetches the files that are sent by content.
 */
final class IpfsFileContents implements FileContents {

	private final Supplier<ContentOperations> contents;

	IpfsFileContents(Supplier<ContentOperations> contents) {
		this.contents = contents;
	}

	@Override
	public Cid publish(Path file) {
		return this.contents.get().publish(file);
	}

	@Override
	public InputStream open(Cid cid) {
		return this.contents.get().open(cid);
	}

}

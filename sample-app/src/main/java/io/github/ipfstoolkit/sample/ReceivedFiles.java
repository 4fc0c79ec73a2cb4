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

package io.github.ipfstoolkit.sample;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.ipfstoolkit.annotation.IpfsFileListener;
import io.github.ipfstoolkit.transmission.file.ReceivedFile;

import org.springframework.stereotype.Component;

/**
 * Knows the files that have arrived since the application was started. They stay in the
 * application's data directory.
 */
@Component
class ReceivedFiles {

	private final List<ReceivedFile> files = new CopyOnWriteArrayList<>();

	@IpfsFileListener("files")
	void receive(ReceivedFile file) {
		this.files.add(file);
	}

	List<ReceivedFile> all() {
		return List.copyOf(this.files);
	}

}

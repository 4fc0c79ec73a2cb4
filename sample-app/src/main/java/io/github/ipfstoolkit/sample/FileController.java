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

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.transmission.file.FileOptions;
import io.github.ipfstoolkit.transmission.file.FileReceipt;
import io.github.ipfstoolkit.transmission.file.FileTransferOperations;
import io.github.ipfstoolkit.transmission.file.ReceivedFile;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/**
 * Sends files, and shows those that have arrived.
 */
@RestController
@RequestMapping("/api/files")
class FileController {

	private final FileTransferOperations transfers;

	private final ReceivedFiles received;

	FileController(FileTransferOperations transfers, ReceivedFiles received) {
		this.transfers = transfers;
		this.received = received;
	}

	@GetMapping
	List<Received> all() {
		return this.received.all().stream().map(Received::of).toList();
	}

	@PostMapping
	Sent send(@RequestParam MultipartFile file, @RequestParam String to,
			@RequestParam(defaultValue = "") String metadata) {
		FileReceipt receipt = this.transfers.sendFile(to, "files", file.getResource(),
				FileOptions.defaults().withMetadata(metadata));
		return new Sent(receipt.name(), receipt.size(), receipt.duration().toNanos() / 1e6);
	}

	record Received(PeerId from, String name, long size, String sha256, String metadata) {

		static Received of(ReceivedFile file) {
			return new Received(file.sender(), file.name(), file.size(), file.sha256(), file.metadataText());
		}

	}

	record Sent(String name, long size, double millis) {
	}

}

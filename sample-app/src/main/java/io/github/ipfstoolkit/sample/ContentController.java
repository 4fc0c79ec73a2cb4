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

import java.io.InputStream;
import java.util.List;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.core.IpfsOperations;
import io.github.ipfstoolkit.rpc.ContentApi.CatOptions;
import io.github.ipfstoolkit.rpc.FilesApi;
import io.github.ipfstoolkit.rpc.Kubo;
import io.github.ipfstoolkit.rpc.Upload;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * Publishes content, and streams it by its CID, in parts if asked for.
 */
@RestController
@RequestMapping("/api/content")
class ContentController {

	private final IpfsOperations ipfs;

	private final Kubo kubo;

	ContentController(IpfsOperations ipfs, Kubo kubo) {
		this.ipfs = ipfs;
		this.kubo = kubo;
	}

	@PostMapping
	Published publish(@RequestParam MultipartFile file) {
		return new Published(this.ipfs.publish(Upload.of(file.getResource())), file.getSize());
	}

	@GetMapping("/{cid}")
	ResponseEntity<StreamingResponseBody> read(@PathVariable Cid cid,
			@RequestHeader(name = HttpHeaders.RANGE, required = false) @Nullable String rangeHeader) {
		FilesApi.Stat stat = this.kubo.files().stat("/ipfs/" + cid).block();
		if (stat.type().equals("directory")) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, cid + " is a directory");
		}
		long size = stat.size();
		List<HttpRange> ranges = ranges(rangeHeader);
		// several ranges at once are answered with the whole, as RFC 9110 allows
		boolean partial = ranges.size() == 1;
		long start = partial ? ranges.get(0).getRangeStart(size) : 0;
		long end = partial ? ranges.get(0).getRangeEnd(size) : size - 1;
		if (partial && start >= size) {
			return ResponseEntity.status(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
				.header(HttpHeaders.CONTENT_RANGE, "bytes */" + size)
				.build();
		}
		ResponseEntity.BodyBuilder response = ResponseEntity
			.status(partial ? HttpStatus.PARTIAL_CONTENT : HttpStatus.OK)
			.contentType(MediaType.APPLICATION_OCTET_STREAM)
			.contentLength(end - start + 1)
			.header(HttpHeaders.ACCEPT_RANGES, "bytes")
			.eTag(cid.toString());
		if (partial) {
			response.header(HttpHeaders.CONTENT_RANGE, "bytes %d-%d/%d".formatted(start, end, size));
		}
		return response.body((output) -> {
			CatOptions part = CatOptions.defaults();
			try (InputStream content = this.ipfs.open(cid,
					partial ? part.offset(start).length(end - start + 1) : part)) {
				content.transferTo(output);
			}
		});
	}

	private static List<HttpRange> ranges(@Nullable String header) {
		try {
			return HttpRange.parseRanges(header);
		}
		catch (IllegalArgumentException ex) {
			// one that is no range is to be ignored (RFC 9110)
			return List.of();
		}
	}

	record Published(Cid cid, long size) {
	}

}

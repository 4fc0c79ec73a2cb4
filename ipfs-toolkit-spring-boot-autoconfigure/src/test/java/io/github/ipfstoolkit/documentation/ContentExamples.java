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

package io.github.ipfstoolkit.documentation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleConsumer;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.ContentPath;
import io.github.ipfstoolkit.core.DownloadOptions;
import io.github.ipfstoolkit.core.IpfsOperations;
import io.github.ipfstoolkit.core.ReactiveIpfsOperations;
import io.github.ipfstoolkit.rpc.ContentApi.AddOptions;
import io.github.ipfstoolkit.rpc.ContentApi.CatOptions;
import io.github.ipfstoolkit.rpc.Upload;
import io.github.ipfstoolkit.rpc.UploadOptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Examples of content.
 */
final class ContentExamples {

	private ContentExamples() {
	}

	// tag::upload[]
	@Component
	class Publisher {

		private final IpfsOperations ipfs;

		Publisher(IpfsOperations ipfs) {
			this.ipfs = ipfs;
		}

		Cid publishProject(Path directory, DoubleConsumer progress) {
			UploadOptions options = UploadOptions.defaults().withHidden(false).withIgnored("target/", "*.log");
			return this.ipfs.publish(
					Upload.of(directory, options)
						.withProgress((state) -> progress.accept((double) state.sent() / state.total())),
					AddOptions.defaults().preserveMode(true).preserveMtime(true));
		}

		Cid publishSite(String page, Resource logo, InputStream video) {
			return this.ipfs.publish(Upload.directory("site", List.of(Upload.of(page.getBytes()).withName("index.html"),
					Upload.of(logo), Upload.of(video).withName("intro.mp4"))));
		}

		List<Cid> publishEach(List<Path> files) {
			return this.ipfs.publishAll(files.stream().map(Upload::of).toList());
		}

	}
	// end::upload[]

	// tag::download[]
	byte[] head(IpfsOperations ipfs, ContentPath path) throws IOException {
		try (InputStream content = ipfs.open(path, CatOptions.defaults().offset(100).length(1000))) {
			return content.readAllBytes();
		}
	}

	void keep(IpfsOperations ipfs, ContentPath directory, Path copy) {
		ipfs.download(directory, copy,
				DownloadOptions.defaults()
					.withAttributes(true)
					.withMaxSize(DataSize.ofGigabytes(2))
					.withMaxEntries(10_000)
					.withProgress((received, total) -> System.out.printf("%d of %d%n", received, total)));
	}
	// end::download[]

	// tag::content-reactive[]
	Mono<Cid> store(ReactiveIpfsOperations ipfs, Flux<DataBuffer> content) {
		return ipfs.publish(Upload.of(content));
	}

	Flux<DataBuffer> serve(ReactiveIpfsOperations ipfs, Cid cid) {
		return ipfs.content(cid);
	}
	// end::content-reactive[]

	// tag::car[]
	void backUp(IpfsOperations ipfs, Cid cid, Path car) {
		ipfs.exportCar(cid, car);
	}

	List<Cid> restore(IpfsOperations ipfs, Path car) {
		return ipfs.importCar(car);
	}
	// end::car[]

}

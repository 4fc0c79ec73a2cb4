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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.github.ipfstoolkit.core.ReactiveIpfsOperations;
import io.github.ipfstoolkit.resource.IpfsResource;
import io.github.ipfstoolkit.rpc.ContentApi.CatOptions;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ResolvableType;
import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.support.ResourceRegion;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ResourceHttpMessageWriter;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.MimeTypeUtils;

/**
 * Writes content on IPFS to HTTP replies as it arrives from the node, of which no more is
 * asked for than the ranges that are wanted; other resources as Spring does.
 */
final class IpfsResourceWriter extends ResourceHttpMessageWriter {

	private final Supplier<ReactiveIpfsOperations> ipfs;

	/**
	 * Creates a writer.
	 * @param ipfs reads content; asked for each reply
	 */
	IpfsResourceWriter(Supplier<ReactiveIpfsOperations> ipfs) {
		this.ipfs = ipfs;
	}

	@Override
	public Mono<Void> write(Publisher<? extends Resource> resources, @Nullable ResolvableType actualType,
			ResolvableType elementType, @Nullable MediaType mediaType, ServerHttpRequest request,
			ServerHttpResponse response, Map<String, Object> hints) {
		return Mono.from(resources).flatMap((resource) -> {
			if (!(resource instanceof IpfsResource content)) {
				return super.write(Mono.just(resource), actualType, elementType, mediaType, request, response, hints);
			}
			return addDefaultHeaders(response, content, mediaType, hints)
				.then(Mono.fromCallable(() -> body(content, request, response)))
				.flatMap(response::writeWith);
		});
	}

	private Flux<DataBuffer> body(IpfsResource content, ServerHttpRequest request, ServerHttpResponse response)
			throws IOException {
		HttpHeaders headers = response.getHeaders();
		List<ResourceRegion> regions;
		try {
			List<HttpRange> ranges = isOfThis(request.getHeaders().getFirst(HttpHeaders.IF_RANGE), headers)
					? request.getHeaders().getRange() : List.of();
			regions = HttpRange.toResourceRegions(ranges, content);
		}
		catch (IllegalArgumentException ex) {
			response.setStatusCode(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE);
			headers.set(HttpHeaders.CONTENT_RANGE, "bytes */" + content.contentLength());
			headers.setContentLength(0);
			return Flux.empty();
		}
		if (regions.isEmpty()) {
			return read(content, CatOptions.defaults());
		}
		response.setStatusCode(HttpStatus.PARTIAL_CONTENT);
		if (regions.size() == 1) {
			ResourceRegion region = regions.get(0);
			headers.set(HttpHeaders.CONTENT_RANGE, contentRange(region, content.contentLength()));
			headers.setContentLength(region.getCount());
			return read(content, region);
		}
		return parts(content, regions, response);
	}

	/**
	 * Returns whether ranges are wanted of this very content, and not all of it where it
	 * has changed.
	 */
	private static boolean isOfThis(@Nullable String tag, HttpHeaders headers) {
		return tag == null || tag.equals(headers.getETag());
	}

	private Flux<DataBuffer> parts(IpfsResource content, List<ResourceRegion> regions, ServerHttpResponse response)
			throws IOException {
		String boundary = MimeTypeUtils.generateMultipartBoundaryString();
		MediaType type = response.getHeaders().getContentType();
		long length = content.contentLength();
		response.getHeaders().setContentType(MediaType.valueOf("multipart/byteranges;boundary=" + boundary));
		response.getHeaders().remove(HttpHeaders.CONTENT_LENGTH);
		return Flux.fromIterable(regions)
			.concatMap((region) -> text("\r\n--%s\r\nContent-Type: %s\r\nContent-Range: %s\r\n\r\n".formatted(boundary,
					type, contentRange(region, length)), response)
				.concatWith(read(content, region)), 1)
			.concatWith(text("\r\n--" + boundary + "--\r\n", response));
	}

	private static String contentRange(ResourceRegion region, long length) {
		return "bytes %d-%d/%d".formatted(region.getPosition(), region.getPosition() + region.getCount() - 1, length);
	}

	private Flux<DataBuffer> read(IpfsResource content, ResourceRegion region) {
		return read(content, CatOptions.defaults().offset(region.getPosition()).length(region.getCount()));
	}

	private Flux<DataBuffer> read(IpfsResource content, CatOptions options) {
		return Flux.defer(() -> {
			try {
				return this.ipfs.get().content(content.cid(), options);
			}
			catch (IOException ex) {
				return Flux.error(ex);
			}
		});
	}

	private static Flux<DataBuffer> text(String text, ServerHttpResponse response) {
		return Flux.defer(() -> Flux.just(response.bufferFactory().wrap(text.getBytes(StandardCharsets.US_ASCII))));
	}

}

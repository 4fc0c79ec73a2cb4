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

import java.io.FileNotFoundException;
import java.util.List;

import io.github.ipfstoolkit.resource.IpfsResource;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.Resource;

/**
 * What static content on IPFS has in common in servlet and reactive applications.
 */
final class StaticContent {

	private StaticContent() {
	}

	/**
	 * Returns whether one of the locations is on IPFS.
	 */
	static boolean isOnIpfs(List<? extends Resource> locations) {
		return locations.stream().anyMatch(IpfsResource.class::isInstance);
	}

	/**
	 * Returns what is at a resource on IPFS now, so that one reply has the tag, length
	 * and bytes of one file; other resources as they are, and nothing where there is
	 * nothing any more.
	 */
	static @Nullable Resource snapshot(@Nullable Resource resource) {
		try {
			return (resource instanceof IpfsResource content) ? content.snapshot() : resource;
		}
		catch (FileNotFoundException ex) {
			return null;
		}
	}

	/**
	 * Returns the CID of content on IPFS, nothing for other resources.
	 */
	static @Nullable String tag(Resource resource) {
		try {
			return (resource instanceof IpfsResource content) ? content.cid().toString() : null;
		}
		catch (FileNotFoundException ex) {
			return null;
		}
	}

}

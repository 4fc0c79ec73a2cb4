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

package io.github.ipfstoolkit.resource;

import java.util.Locale;
import java.util.function.Supplier;

import io.github.ipfstoolkit.ContentPath;
import io.github.ipfstoolkit.core.IpfsOperations;
import io.github.ipfstoolkit.rpc.Kubo;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ProtocolResolver;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.StringUtils;

/**
 * Resolves the locations {@code ipfs:<CID>/path} and {@code ipns:<name>/path}, also with
 * two slashes after the colon.
 *
 * @since 0.1.0
 */
public final class IpfsProtocolResolver implements ProtocolResolver {

	private final Supplier<Kubo> kubo;

	private final Supplier<IpfsOperations> ipfs;

	/**
	 * Creates a resolver.
	 * @param kubo the node; asked for each resource
	 * @param ipfs reads content; asked for each resource
	 */
	public IpfsProtocolResolver(Supplier<Kubo> kubo, Supplier<IpfsOperations> ipfs) {
		this.kubo = kubo;
		this.ipfs = ipfs;
	}

	/**
	 * Makes a resource of a location.
	 * @return {@code null} if the location is another protocol's
	 * @throws io.github.ipfstoolkit.InvalidIdentifierException if what follows the colon
	 * is no CID or name
	 */
	@Override
	public @Nullable Resource resolve(String location, ResourceLoader resourceLoader) {
		String lower = location.toLowerCase(Locale.ROOT);
		if (!lower.startsWith("ipfs:") && !lower.startsWith("ipns:")) {
			return null;
		}
		boolean directory = location.endsWith("/");
		String rest = StringUtils
			.trimTrailingCharacter(StringUtils.trimLeadingCharacter(location.substring("ipfs:".length()), '/'), '/');
		ContentPath path = ContentPath.of("/" + lower.substring(0, "ipfs".length()) + "/" + rest);
		return new IpfsResource(this.kubo.get(), this.ipfs.get(), path, directory);
	}

}

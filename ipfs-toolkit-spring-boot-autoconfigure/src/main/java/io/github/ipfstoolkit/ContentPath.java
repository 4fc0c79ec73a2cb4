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

package io.github.ipfstoolkit;

import java.util.Locale;

/**
 * Where content is found: a {@link Cid}, a path below one ({@code /ipfs/<CID>/a/b}), or a
 * name and a path below it ({@code /ipns/<name>/a/b}). Implementations are immutable.
 *
 * @since 0.1.0
 * @see <a href="https://specs.ipfs.tech/http-gateways/path-gateway/">path gateway
 * specification</a>
 */
public interface ContentPath {

	/**
	 * Reads a content path. The names of files are taken as they are; percent signs have
	 * no meaning.
	 * @param text a CID, {@code /ipfs/<CID>/…}, {@code /ipns/<name>/…}, or either as a
	 * URI ({@code ipfs://<CID>/…})
	 * @return the path
	 * @throws InvalidIdentifierException if it is none
	 */
	static ContentPath of(String text) {
		String path = text;
		for (String namespace : new String[] { "ipfs", "ipns" }) {
			if (text.toLowerCase(Locale.ROOT).startsWith(namespace + "://")) {
				path = "/" + namespace + "/" + text.substring(namespace.length() + 3);
			}
		}
		return path.startsWith("/") ? TextContentPath.parse(path, text) : Cid.of(path);
	}

	/**
	 * Returns the path of a key's name.
	 * @param key the key's identity
	 * @return {@code /ipns/k51…}
	 */
	static ContentPath ipns(PeerId key) {
		return new TextContentPath("/ipns/" + key.toIpnsName());
	}

	/**
	 * Returns the path of a file or directory below this one.
	 * @param relative its names, with slashes between them
	 * @return the path
	 */
	default ContentPath resolve(String relative) {
		return new TextContentPath(toPath() + "/" + relative);
	}

	/**
	 * Returns the path in the form that nodes and gateways take.
	 * @return {@code /ipfs/…} or {@code /ipns/…}
	 */
	String toPath();

}

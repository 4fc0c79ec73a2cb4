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

/**
 * A content path that is more than a CID.
 *
 * @param toPath the path
 */
record TextContentPath(String toPath) implements ContentPath {

	static ContentPath parse(String path, String input) {
		String[] parts = path.split("/", 4);
		boolean ipfs = parts.length > 2 && parts[1].equals("ipfs");
		boolean ipns = parts.length > 2 && parts[1].equals("ipns");
		if (!(ipfs || ipns) || parts[2].isEmpty()) {
			throw new InvalidIdentifierException("content path", input,
					"it should be a CID, /ipfs/<CID>/… or /ipns/<name>/…");
		}
		if (ipfs) {
			Cid cid = Cid.of(parts[2]);
			if (parts.length == 3 || parts[3].isEmpty()) {
				return cid;
			}
		}
		return new TextContentPath(path);
	}

	@Override
	public String toString() {
		return this.toPath;
	}

}

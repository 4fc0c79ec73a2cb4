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

package io.github.ipfstoolkit.contacts;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.PeerId;

/**
 * Thrown when a contact can not be stored because its name or its peer belongs to another
 * contact.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public class ContactExistsException extends IpfsException {

	/**
	 * Creates an exception.
	 * @param name the name that was to be stored
	 * @param peerId the peer that was to be stored
	 */
	public ContactExistsException(String name, PeerId peerId) {
		super(("The name '%s' or the peer %s belongs to another contact: rename or remove that one first")
			.formatted(name, peerId));
	}

}

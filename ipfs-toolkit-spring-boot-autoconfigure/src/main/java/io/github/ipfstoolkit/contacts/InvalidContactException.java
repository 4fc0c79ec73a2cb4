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

/**
 * Thrown for what can not be a contact, such as one without a name.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public class InvalidContactException extends IpfsException {

	/**
	 * Creates an exception.
	 * @param message what is wrong with it
	 */
	public InvalidContactException(String message) {
		super(message);
	}

	/**
	 * Creates an exception for a change that would make a contact another peer's.
	 * @param name the contact's name
	 * @return the exception
	 */
	public static InvalidContactException peerChanged(String name) {
		return new InvalidContactException(
				"The peer of contact '%s' can not be changed: remove the contact and add it anew".formatted(name));
	}

}

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

import io.github.ipfstoolkit.PeerId;
import org.jspecify.annotations.Nullable;

import org.springframework.core.convert.converter.Converter;

/**
 * Finds the contact of a peer, so that a listener method can take the sender as
 * {@link Contact}. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class PeerIdToContactConverter implements Converter<PeerId, @Nullable Contact> {

	private final ContactRepository contacts;

	/**
	 * Creates a converter.
	 * @param contacts the contacts
	 */
	public PeerIdToContactConverter(ContactRepository contacts) {
		this.contacts = contacts;
	}

	/**
	 * Finds a contact.
	 * @return the contact, {@code null} if the peer is none
	 */
	@Override
	public @Nullable Contact convert(PeerId source) {
		return this.contacts.findByPeerId(source).orElse(null);
	}

}

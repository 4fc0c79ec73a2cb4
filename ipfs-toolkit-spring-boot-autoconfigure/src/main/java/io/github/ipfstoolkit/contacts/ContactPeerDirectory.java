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

import java.time.Duration;
import java.util.Optional;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.p2p.PeerDirectory;

/**
 * Lets messages be sent to contacts by their names. Peers that are no contacts are left
 * to another directory. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class ContactPeerDirectory implements PeerDirectory {

	private final ContactOperations contacts;

	private final PeerDirectory others;

	/**
	 * Creates a directory.
	 * @param contacts the contact book
	 * @param others connects to peers that are no contacts
	 */
	public ContactPeerDirectory(ContactOperations contacts, PeerDirectory others) {
		this.contacts = contacts;
		this.others = others;
	}

	@Override
	public Optional<PeerId> find(String name) {
		return this.contacts.find(name).map(Contact::peerId);
	}

	@Override
	public boolean connect(PeerId peer) {
		return this.contacts.find(peer).isPresent() ? this.contacts.connect(peer).connected()
				: this.others.connect(peer);
	}

	@Override
	public boolean connect(PeerId peer, Duration timeout) {
		return this.contacts.find(peer).isPresent() ? this.contacts.connect(peer, timeout).connected()
				: this.others.connect(peer, timeout);
	}

}

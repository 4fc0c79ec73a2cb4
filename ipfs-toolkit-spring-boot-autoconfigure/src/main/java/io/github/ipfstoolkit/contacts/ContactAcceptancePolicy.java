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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.transmission.AcceptancePolicy;
import io.github.ipfstoolkit.transmission.Offer;

/**
 * Accepts from contacts alone. A peer that is added or removed counts as such after one
 * second at the latest: the contact book is not asked for each message. Safe for use by
 * several threads.
 *
 * @since 0.1.0
 */
public final class ContactAcceptancePolicy implements AcceptancePolicy {

	private static final Duration VALIDITY = Duration.ofSeconds(1);

	private static final int MAX_PEERS = 1000;

	private final ContactOperations contacts;

	private final Map<PeerId, Answer> answers = Collections.synchronizedMap(new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<PeerId, Answer> eldest) {
			return size() > MAX_PEERS;
		}

	});

	/**
	 * Creates a policy.
	 * @param contacts the contact book
	 */
	public ContactAcceptancePolicy(ContactOperations contacts) {
		this.contacts = contacts;
	}

	@Override
	public boolean accepts(Offer offer) {
		Answer answer = this.answers.get(offer.sender());
		if (answer == null || System.nanoTime() - answer.time() > VALIDITY.toNanos()) {
			answer = new Answer(this.contacts.find(offer.sender()).isPresent(), System.nanoTime());
			this.answers.put(offer.sender(), answer);
		}
		return answer.contact();
	}

	private record Answer(boolean contact, long time) {
	}

}

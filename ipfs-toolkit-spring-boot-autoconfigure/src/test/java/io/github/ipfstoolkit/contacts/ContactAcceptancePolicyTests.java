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

import java.util.Optional;

import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.transmission.Offer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

/**
 * Tests for {@link ContactAcceptancePolicy}.
 */
class ContactAcceptancePolicyTests {

	private static final PeerId ALICE = PeerId.of("12D3KooWSqWVnXUtxkWGg8mTJzHhgwgrQDSxLEZsTZbDyGNnBtjn");

	private final ContactOperations contacts = mock(ContactOperations.class);

	private final ContactAcceptancePolicy policy = new ContactAcceptancePolicy(this.contacts);

	@Test
	void acceptsContactsAlone() {
		PeerId stranger = PeerId.of("12D3KooWEqnTdgqHnkkwarSrJjeMP2ZJiADWLYADaNvUb6SQNyPF");
		given(this.contacts.find(ALICE)).willReturn(Optional.of(mock(Contact.class)));
		given(this.contacts.find(stranger)).willReturn(Optional.empty());
		assertThat(this.policy.accepts(Offer.of(ALICE, "chat"))).isTrue();
		assertThat(this.policy.accepts(Offer.of(stranger, "chat", 7))).isFalse();
	}

	@Test
	void doesNotAskForEachMessage() {
		given(this.contacts.find(ALICE)).willReturn(Optional.of(mock(Contact.class)));
		for (int i = 0; i < 3; i++) {
			this.policy.accepts(Offer.of(ALICE, "chat", i));
		}
		verify(this.contacts, times(1)).find(any(PeerId.class));
	}

	@Test
	void noticesThatAContactIsRemoved() {
		given(this.contacts.find(ALICE)).willReturn(Optional.of(mock(Contact.class)), Optional.empty());
		assertThat(this.policy.accepts(Offer.of(ALICE, "chat"))).isTrue();
		Awaitility.await().until(() -> !this.policy.accepts(Offer.of(ALICE, "chat")));
	}

}

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
package io.github.ipfstoolkit.transmission.conversation;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/**
 * All conversations of an application that are open, to end those that have taken too
 * long. One task looks after all of them.
 */
final class OpenConversations {

	private static final long CHECK_MILLIS = 250;

	private final Set<DefaultConversation> conversations = ConcurrentHashMap.newKeySet();

	private final ReentrantLock lock = new ReentrantLock();

	private volatile @Nullable Disposable check;

	void add(DefaultConversation conversation) {
		this.conversations.add(conversation);
		if (this.check == null) {
			startChecking();
		}
	}

	private void startChecking() {
		this.lock.lock();
		try {
			if (this.check == null) {
				this.check = Schedulers.boundedElastic()
					.schedulePeriodically(this::checkTimeouts, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void checkTimeouts() {
		long now = System.nanoTime();
		this.conversations.removeIf((conversation) -> !conversation.isOpen());
		this.conversations.forEach((conversation) -> conversation.checkTimeouts(now));
	}

	void closeAll() {
		this.lock.lock();
		try {
			if (this.check != null) {
				this.check.dispose();
				this.check = null;
			}
		}
		finally {
			this.lock.unlock();
		}
		this.conversations.forEach(DefaultConversation::close);
		this.conversations.clear();
	}

}

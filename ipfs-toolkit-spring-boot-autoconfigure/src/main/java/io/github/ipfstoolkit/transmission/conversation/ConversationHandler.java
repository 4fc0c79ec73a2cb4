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

/**
 * Takes conversations that peers start.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ConversationHandler {

	/**
	 * Converses. The conversation is closed when this method returns, and when it throws:
	 * then the peer is told so. Several conversations may be held at the same time, by
	 * different threads. The exception itself is not logged: who gives the handler knows
	 * best what to say about it.
	 * @param conversation the conversation, which both ends have joined
	 * @throws Exception if the conversation has failed
	 */
	void converse(Conversation conversation) throws Exception;

}

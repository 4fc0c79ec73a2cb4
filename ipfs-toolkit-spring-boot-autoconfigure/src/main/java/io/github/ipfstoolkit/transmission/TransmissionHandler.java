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

package io.github.ipfstoolkit.transmission;

/**
 * Takes received messages.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface TransmissionHandler {

	/**
	 * Handles a message. The sender gets the acknowledgement when this method returns,
	 * and a refusal when it throws. The exception itself is not logged: who gives the
	 * handler knows best what to say about it. Several messages may be handled at the
	 * same time, by different threads.
	 * @param transmission the message, valid until this method returns
	 * @throws Exception if the message could not be handled
	 */
	void handle(Transmission transmission) throws Exception;

}

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

package io.github.ipfstoolkit.listener;

import org.springframework.messaging.Message;

/**
 * Decides what becomes of a message that a listener failed on.
 * <p>
 * Normal return means that the failure is dealt with: the message is accepted and its
 * sender gets the acknowledgement. To throw, be it the given exception or another, means
 * that it is not: the sender gets a refusal, and the failure is logged once, by the
 * container. Must be safe for use by several threads.
 * <p>
 * A listener names its handler by
 * {@link io.github.ipfstoolkit.annotation.IpfsListener#errorHandler()}; for those that
 * name none, the bean {@code ipfsListenerErrorHandler} is used, which rethrows by
 * default.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface IpfsListenerErrorHandler {

	/**
	 * Handles a failure.
	 * @param message the message, whose payload may have been read already
	 * @param failure what failed; its cause is what the listener threw, or why the
	 * arguments for its method could not be made
	 * @throws Exception if the message is not to be accepted
	 */
	void handle(Message<?> message, ListenerExecutionFailedException failure) throws Exception;

}

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

/**
 * What happens when a listener can not be started, because the node is away, say, or the
 * listener's name is taken. What happens to the node later does not matter here:
 * listeners come back by themselves when it does.
 *
 * @since 0.1.0
 */
public enum StartupFailurePolicy {

	/**
	 * The exception is thrown, so the application does not start. The default.
	 */
	STOP,

	/**
	 * The failure is logged and the application goes on without the listener, which can
	 * be started later through the {@link IpfsListenerEndpointRegistry}.
	 */
	CONTINUE,

	/**
	 * The application goes on; the start is tried again in the background, after growing
	 * intervals, until it succeeds, the listener is stopped, or the attempts are used up.
	 */
	RETRY

}

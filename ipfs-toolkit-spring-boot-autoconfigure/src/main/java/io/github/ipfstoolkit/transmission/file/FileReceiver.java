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

package io.github.ipfstoolkit.transmission.file;

import java.time.Duration;

/**
 * Receives the files that peers send to one listener. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public interface FileReceiver extends AutoCloseable {

	/**
	 * Returns the listener's name.
	 * @return the name
	 */
	String listener();

	/**
	 * Returns whether peers can send files now. They can not while the node restarts.
	 * @return whether the node listens
	 */
	boolean isActive();

	/**
	 * Takes no further file and waits for those that are being received.
	 * @param timeout how long to wait
	 * @return whether all were done in that time
	 */
	boolean drain(Duration timeout);

	/**
	 * Takes no further file and breaks off those that are being received, which their
	 * senders can go on with once the listener is back.
	 */
	@Override
	void close();

}

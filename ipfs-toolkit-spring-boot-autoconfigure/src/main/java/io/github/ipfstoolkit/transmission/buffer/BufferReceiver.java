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
package io.github.ipfstoolkit.transmission.buffer;

/**
 * Receives the bytes that peers send to one name. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public interface BufferReceiver extends AutoCloseable {

	/**
	 * Returns the name that peers send to.
	 * @return the name
	 */
	String listener();

	/**
	 * Returns whether peers can send now. They can not while the node restarts.
	 * @return whether the node listens
	 */
	boolean isActive();

	/**
	 * Takes no further stream, and ends those that are open.
	 */
	@Override
	void close();

}

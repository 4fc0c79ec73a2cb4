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

package io.github.ipfstoolkit.rpc;

import org.jspecify.annotations.Nullable;

/**
 * A value of a stream of replies that may tell of a failure, while the reply as a whole
 * looks like a success. The client does not emit a value that does: once the stream has
 * ended, it signals an error that names the failures, so that callers see no wrong
 * success.
 *
 * @since 0.1.0
 */
public interface InBandError {

	/**
	 * Returns what failed.
	 * @return the node's text, {@code null} or empty where nothing has failed
	 */
	@Nullable String error();

}

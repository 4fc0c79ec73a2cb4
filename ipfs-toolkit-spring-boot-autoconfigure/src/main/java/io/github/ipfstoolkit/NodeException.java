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

package io.github.ipfstoolkit;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when there is no usable node for a reason that somebody has to remove: a missing
 * executable, a locked repository, a taken port.
 *
 * @since 0.1.0
 */
public class NodeException extends IpfsException {

	private final String problem;

	private final String remedy;

	/**
	 * Creates an exception.
	 * @param problem what is wrong, without a full stop at its end
	 * @param remedy what can be done about it, as sentences
	 * @param cause what made it fail, {@code null} where the problem says all
	 */
	public NodeException(String problem, String remedy, @Nullable Throwable cause) {
		super(problem + ". " + remedy, cause);
		this.problem = problem;
		this.remedy = remedy;
	}

	/**
	 * Returns what is wrong.
	 * @return the problem, without a full stop at its end
	 */
	public String getProblem() {
		return this.problem;
	}

	/**
	 * Returns what can be done about it.
	 * @return the remedy, as sentences
	 */
	public String getRemedy() {
		return this.remedy;
	}

}

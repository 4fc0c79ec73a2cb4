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

import io.github.ipfstoolkit.IpfsException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the contacts can not be read or written.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public class ContactStoreException extends IpfsException {

	private final String problem;

	private final String remedy;

	/**
	 * Creates an exception.
	 * @param problem what failed
	 * @param remedy what can be done about it
	 * @param cause what made it fail, if anything
	 */
	public ContactStoreException(String problem, String remedy, @Nullable Throwable cause) {
		super(problem + ". " + remedy + ".", cause);
		this.problem = problem;
		this.remedy = remedy;
	}

	/**
	 * Returns what failed.
	 * @return a sentence without a full stop
	 */
	public String getProblem() {
		return this.problem;
	}

	/**
	 * Returns what can be done about it.
	 * @return a sentence without a full stop
	 */
	public String getRemedy() {
		return this.remedy;
	}

}

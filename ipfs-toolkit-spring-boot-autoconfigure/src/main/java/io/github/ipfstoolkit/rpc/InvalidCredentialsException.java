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

import io.github.ipfstoolkit.IpfsException;

/**
 * Thrown for credentials of the RPC API that have none of the known forms. Its message
 * does not quote them.
 *
 * @since 0.1.0
 */
public class InvalidCredentialsException extends IpfsException {

	/**
	 * Creates an exception.
	 * @param reason what is wrong with the credentials
	 */
	public InvalidCredentialsException(String reason) {
		super("The credentials for the RPC API (ipfs.api.authorization) are not valid: " + reason
				+ ". Expected is bearer:TOKEN, basic:USER:PASSWORD, or the value of an Authorization header");
	}

}

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
 * Decides who may send what, before anything of it is received. Called on the thread that
 * serves the sender's stream: when it is asked for a transmission, and again for each
 * message, when its length is known. What takes long makes that sender wait. Must be safe
 * for use by several threads.
 * <p>
 * An application that has a bean of this type decides by it alone; the property
 * {@code ipfs.transmission.accept} chooses between the ready ones.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface AcceptancePolicy {

	/**
	 * Returns whether something may be received. The sender gets a refusal with the
	 * reason {@link RefusalReason#FORBIDDEN} where it may not, and one with
	 * {@link RefusalReason#FAILED} where this method throws.
	 * @param offer who wants to send, and what is known of it
	 * @return whether to receive it
	 */
	boolean accepts(Offer offer);

	/**
	 * Accepts everything from every peer.
	 * @return the policy
	 */
	static AcceptancePolicy any() {
		return (offer) -> true;
	}

}

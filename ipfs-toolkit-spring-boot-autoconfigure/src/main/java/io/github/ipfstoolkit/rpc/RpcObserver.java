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
import reactor.util.context.ContextView;

/**
 * Is told of each call to the RPC API, from its beginning to the end of its reply. Must
 * be safe for use by several threads, and neither block nor throw.
 *
 * @since 0.1.0
 */
public interface RpcObserver {

	/**
	 * Notes that a call begins.
	 * @param command the command, such as {@code p2p/ls}: one of a fixed set, without
	 * arguments
	 * @param context the caller's Reactor context
	 * @return is told of the call's end
	 */
	ObservedCall begin(String command, ContextView context);

	/**
	 * A call that has begun.
	 */
	interface ObservedCall {

		/**
		 * Notes that the call has ended. Called once.
		 * @param end how it has ended
		 * @param failure what the caller gets, {@code null} where it has not failed
		 */
		void ended(End end, @Nullable Throwable failure);

	}

	/**
	 * How a call can end.
	 */
	enum End {

		/** The reply has been received, to its end. */
		COMPLETED,

		/** It has failed, also in the middle of its reply. */
		FAILED,

		/** The caller wanted no more, as it does at the end of a subscription. */
		CANCELLED

	}

}

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

package io.github.ipfstoolkit.observation;

import io.micrometer.common.KeyValue;
import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * What is observed of the calls to the node's RPC API. There are no key values of high
 * cardinality: a call's arguments are CIDs, peer IDs and paths, which an operator has not
 * asked to have copied elsewhere.
 *
 * @since 0.1.0
 */
public enum IpfsRpcObservationDocumentation implements ObservationDocumentation {

	/**
	 * A call, from sending the request until the end of its reply: for a subscription as
	 * long as that lasts.
	 */
	RPC {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultIpfsRpcObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return LowCardinalityKeyNames.values();
		}

	};

	/**
	 * Key names with few different values.
	 */
	public enum LowCardinalityKeyNames implements KeyName {

		/**
		 * The command, such as {@code p2p/ls}: a fixed set. Arguments are no part of it.
		 */
		COMMAND {

			@Override
			public String asString() {
				return "command";
			}

		},

		/**
		 * How it ended: {@code success}; {@code error}, also in the middle of its reply;
		 * {@code timeout}; {@code unreachable}; {@code cancelled} when the caller wanted
		 * no more, as at the end of a subscription; {@code unknown} while it goes on.
		 */
		OUTCOME {

			@Override
			public String asString() {
				return "outcome";
			}

		},

		/**
		 * How the node was reached: {@code http}, or {@code cli} for the executable.
		 */
		BACKEND {

			@Override
			public String asString() {
				return "backend";
			}

		};

		KeyValue of(String value) {
			return KeyValue.of(this, value);
		}

	}

}

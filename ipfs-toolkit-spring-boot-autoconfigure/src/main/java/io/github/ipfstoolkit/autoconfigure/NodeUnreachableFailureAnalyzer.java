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

package io.github.ipfstoolkit.autoconfigure;

import io.github.ipfstoolkit.NodeUnreachableException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * An {@link AbstractFailureAnalyzer} for a node that does not answer.
 */
class NodeUnreachableFailureAnalyzer extends AbstractFailureAnalyzer<NodeUnreachableException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, NodeUnreachableException cause) {
		return new FailureAnalysis(cause.getMessage() + ".", """
				Start the node there ('ipfs daemon'), or name another one with 'ipfs.api.url'. \
				To have the application start one of its own, set 'ipfs.node.mode=managed'.""", cause);
	}

}

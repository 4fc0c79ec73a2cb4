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

package io.github.ipfstoolkit.rpc.cli;

import java.util.List;
import java.util.Map;

/**
 * How the executable is told which node is meant.
 *
 * @param name the node, for people
 * @param options what it is told by options
 * @param environment what it is told by its environment
 * @param running whether a node runs that takes the commands; a repository without one
 * takes one command at a time
 * @param remote whether the executable only passes commands on, and so never works on a
 * repository itself
 */
record Node(String name, List<String> options, Map<String, String> environment, boolean running, boolean remote) {

}

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

package io.github.ipfstoolkit.node;

import java.net.URI;
import java.nio.file.Path;

import io.github.ipfstoolkit.node.executable.NodeExecutable;
import org.jspecify.annotations.Nullable;

/**
 * What a managed node runs as.
 *
 * @param pid the process
 * @param executable the executable
 * @param repository the directory that holds the node's identity, configuration and
 * content
 * @param gateway where the node's HTTP gateway is, {@code null} if it has none
 * @since 0.1.0
 */
public record NodeProcess(long pid, NodeExecutable executable, Path repository, @Nullable URI gateway) {
}

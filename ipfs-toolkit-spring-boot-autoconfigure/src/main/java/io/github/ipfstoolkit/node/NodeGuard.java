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

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a child process end when this one does, whatever ends it, kill -9 included.
 * <p>
 * The child is started by a shell that first leaves a watcher behind and then becomes the
 * child itself, so that the process ID is the child's. The watcher waits for the end of
 * its standard input, a pipe whose other end only this process holds and which the kernel
 * closes with it; then it sends SIGTERM, and SIGKILL ten seconds later. It acts only
 * while the child is still its parent, so that a process ID that was given away anew is
 * safe.
 * <p>
 * This needs nothing but a POSIX shell. The parent-death signal of Linux
 * ({@code PR_SET_PDEATHSIG}) would not do: it is sent when the thread ends that started
 * the child. Where {@code setsid} exists, the child gets a session of its own: a Ctrl-C
 * in a terminal then reaches the application alone, which stops the node after those that
 * use it. Where there is no shell, as on Windows, the next start finds what was left.
 */
final class NodeGuard {

	private static final String SCRIPT = """
			node=$$
			exec 3<&0
			(
				exec >/dev/null 2>&1
				me=$(exec sh -c 'echo $PPID')
				alive() {
					if [ -r "/proc/$me/stat" ]; then
						read -r _ _ _ parent _ < "/proc/$me/stat"
						[ "$parent" = "$node" ]
					else
						kill -0 "$node"
					fi
				}
				read -r _ <&3
				alive || exit
				kill -TERM "$node"
				for _ in 1 2 3 4 5 6 7 8 9 10; do
					sleep 1
					alive || exit
				done
				kill -KILL "$node"
			) &
			exec "$@" </dev/null 3<&-
			""";

	private static final Path SHELL = Path.of("/bin/sh");

	private NodeGuard() {
	}

	static boolean isAvailable() {
		return File.separatorChar == '/' && Files.isExecutable(SHELL);
	}

	static List<String> guard(List<String> command) {
		List<String> guarded = new ArrayList<>();
		for (String setsid : List.of("/usr/bin/setsid", "/bin/setsid")) {
			if (guarded.isEmpty() && Files.isExecutable(Path.of(setsid))) {
				guarded.add(setsid);
			}
		}
		guarded.addAll(List.of(SHELL.toString(), "-c", SCRIPT, "ipfs-node"));
		guarded.addAll(command);
		return guarded;
	}

}

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

package io.github.ipfstoolkit.node.executable;

import java.util.Locale;

/**
 * An operating system and processor, in Go's words, which Kubo's releases are named with.
 */
record Platform(String os, String arch) {

	static Platform current() {
		return of(System.getProperty("os.name"), System.getProperty("os.arch"));
	}

	static Platform of(String osName, String osArch) {
		String name = osName.toLowerCase(Locale.ROOT);
		String os = name.startsWith("mac") ? "darwin" : name.startsWith("windows") ? "windows" : name.replace(" ", "");
		String arch = switch (osArch.toLowerCase(Locale.ROOT)) {
			case "amd64", "x86_64" -> "amd64";
			case "aarch64", "arm64" -> "arm64";
			case "x86", "i386", "i686" -> "386";
			default -> osArch.toLowerCase(Locale.ROOT);
		};
		return new Platform(os, arch);
	}

	boolean isWindows() {
		return this.os.equals("windows");
	}

	String executable(String name) {
		return isWindows() ? name + ".exe" : name;
	}

	String archive(String version) {
		return "kubo_v%s_%s.%s".formatted(version, this, isWindows() ? "zip" : "tar.gz");
	}

	@Override
	public String toString() {
		return this.os + "-" + this.arch;
	}

}

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

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.github.ipfstoolkit.rpc.KuboVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ExecutableLocator}.
 */
@DisabledOnOs(OS.WINDOWS)
@ExtendWith(OutputCaptureExtension.class)
class ExecutableLocatorTests {

	@TempDir
	Path directory;

	@Test
	void namedExecutableIsUsedWhateverElseThereIs() {
		FakeKubo.install(this.directory.resolve("path"), "0.43.0");
		Path named = FakeKubo.install(this.directory.resolve("named"), "0.41.0");
		assertThat(locator().executable(named).build().locate()).isEqualTo(new NodeExecutable(named, "0.41.0"));
	}

	@Test
	void namedExecutableThatIsMissingIsAnErrorEvenIfThereAreOthers() {
		FakeKubo.install(this.directory.resolve("path"), "0.43.0");
		Path named = this.directory.resolve("missing");
		assertThatExceptionOfType(ExecutableNotFoundException.class)
			.isThrownBy(() -> locator().executable(named).provision(true).build().locate())
			.withMessageContaining(named.toString())
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("ipfs.node.executable"));
	}

	@Test
	void executableOnThePathIsUsedWhenRecentEnough() {
		Path found = FakeKubo.install(this.directory.resolve("path"), "0.40.0");
		assertThat(locator().build().locate().path()).isEqualTo(found);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0.99.0", "0.100.0-rc1", "1.0.0-dev", "2.7" })
	void newerExecutableIsNeverRefused(String version) {
		Path found = FakeKubo.install(this.directory.resolve("path"), version);
		assertThat(locator().build().locate().path()).isEqualTo(found);
		assertThat(locator().executable(found).build().locate().version())
			.isEqualTo(KuboVersion.of(version).toString());
	}

	@Test
	void executableOnThePathThatIsTooOldIsPassedOverForTheCache() {
		FakeKubo.install(this.directory.resolve("path"), "0.39.0");
		Path cached = FakeKubo.install(cached("0.43.0"), "0.43.0");
		assertThat(locator().build().locate()).isEqualTo(new NodeExecutable(cached, "0.43.0"));
	}

	@Test
	void executableOfAnotherProgramIsNotUsed() {
		FakeKubo.script(this.directory.resolve("path/ipfs"), "#!/bin/sh\necho hello\n");
		assertThatExceptionOfType(ExecutableNotFoundException.class).isThrownBy(() -> locator().build().locate())
			.withMessageContaining("is not Kubo");
	}

	@Test
	void nothingIsDownloadedOrBuiltThatNobodyAllowed() {
		Path go = FakeKubo.script(this.directory.resolve("path/go"), "#!/bin/sh\ntouch " + this.directory + "/built\n");
		FakeKubo.install(this.directory.resolve("path"), "0.4.23");
		assertThat(go).isExecutable();
		assertThatExceptionOfType(ExecutableNotFoundException.class).isThrownBy(() -> locator().build().locate())
			.withMessageContaining("0.4.23")
			.withMessageContaining("older than 0.40.0")
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("ipfs.node.provision=true"));
		assertThat(this.directory.resolve("built")).doesNotExist();
		assertThat(this.directory.resolve("cache")).doesNotExist();
	}

	@Test
	void withoutReleaseItIsBuiltWithGo() {
		fakeGo();
		NodeExecutable executable = locator().provision(true).build().locate();
		assertThat(executable).isEqualTo(new NodeExecutable(cached("0.43.0").resolve("ipfs"), "0.43.0"));
		assertThat(this.directory.resolve("cache")).isDirectoryNotContaining("glob:**/.work-*");
		assertThat(this.directory.resolve("go.log")).content()
			.contains("github.com/ipfs/kubo v0.43.0 ")
			.contains("-mod=readonly")
			.contains("build -v -trimpath -ldflags=-s -w -o");
	}

	@Test
	void failedBuildTellsWhatGoSaid() {
		FakeKubo.script(this.directory.resolve("path/go"),
				"#!/bin/sh\necho 'go: module lookup disabled by GOPROXY=off' >&2\nexit 1\n");
		assertThatExceptionOfType(ProvisioningException.class)
			.isThrownBy(() -> locator().provision(true).build().locate())
			.withMessageContaining("module lookup disabled");
		assertThat(cached("0.43.0").resolve("ipfs")).doesNotExist();
	}

	@Test
	void fullDiskDuringABuildIsNamed() {
		FakeKubo.script(this.directory.resolve("path/go"),
				"#!/bin/sh\necho 'write /x: no space left on device' >&2\nexit 1\n");
		assertThatExceptionOfType(ProvisioningException.class)
			.isThrownBy(() -> locator().provision(true).build().locate())
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("Make room"));
	}

	@Test
	void buildThatDoesNotEndIsEnded() {
		FakeKubo.script(this.directory.resolve("path/go"), "#!/bin/sh\nexec sleep 300\n");
		assertThatExceptionOfType(ProvisioningException.class)
			.isThrownBy(() -> locator().provision(true).timeouts(Duration.ofSeconds(1), Duration.ZERO).build().locate())
			.withMessageContaining("did not end");
	}

	@Test
	void progressOfALongBuildIsShown(CapturedOutput output) {
		FakeKubo.script(this.directory.resolve("path/go"), """
				#!/bin/sh
				echo 'go: downloading example.org/a v1.0.0'
				echo 'go: downloading example.org/b v1.0.0'
				echo example.org/a
				while [ ! -f %1$s/enough ]; do /bin/sleep 0.1; done
				while [ "$1" != -o ]; do shift; done
				printf '#!/bin/sh\\necho 0.43.0\\n' > "$2"
				""".formatted(this.directory));
		CompletableFuture<NodeExecutable> built = CompletableFuture
			.supplyAsync(() -> locator().provision(true).build().locate());
		await().until(() -> output.toString().contains("Building Kubo: 2 modules downloaded, 1 packages compiled ("));
		FakeKubo.script(this.directory.resolve("enough"), "");
		assertThat(built).succeedsWithin(Duration.ofSeconds(60));
		assertThat(output).contains("Building Kubo 0.43.0 with " + this.directory.resolve("path/go"), "Built Kubo in ");
	}

	@Test
	void withoutGoTheErrorNamesTheRemedies() {
		assertThatExceptionOfType(ProvisioningException.class)
			.isThrownBy(() -> locator().provision(true).build().locate())
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("ipfs.node.mirror", "install Go",
					"ipfs.node.executable"));
	}

	@Test
	void onlyThePinnedVersionIsBuilt() {
		fakeGo();
		assertThatExceptionOfType(ProvisioningException.class)
			.isThrownBy(() -> locator().version("0.42.0").provision(true).build().locate())
			.withMessageContaining("0.42.0");
	}

	@Test
	void versionIsChecked() {
		assertThatIllegalArgumentException().isThrownBy(() -> locator().version("../../etc").build());
	}

	@Test
	void defaultVersionIsThePinnedOne() throws Exception {
		try (var stream = ExecutableLocator.class.getResourceAsStream("go.mod")) {
			assertThat(new String(stream.readAllBytes()))
				.contains("github.com/ipfs/kubo v" + ExecutableLocator.DEFAULT_VERSION + " ");
		}
		assertThat(ReleaseDownload.pinned(new Platform("linux", "amd64").archive(ExecutableLocator.DEFAULT_VERSION)))
			.hasSize(128);
	}

	@Test
	void platformsAreNamedAsInReleases() {
		assertThat(Platform.of("Linux", "amd64").archive("0.43.0")).isEqualTo("kubo_v0.43.0_linux-amd64.tar.gz");
		assertThat(Platform.of("Mac OS X", "aarch64").archive("0.43.0")).isEqualTo("kubo_v0.43.0_darwin-arm64.tar.gz");
		assertThat(Platform.of("Windows 11", "amd64").archive("0.43.0")).isEqualTo("kubo_v0.43.0_windows-amd64.zip");
	}

	@Test
	void versionsAreComparedAsNumbers() {
		assertThat(KuboVersion.of("0.100.0")).isGreaterThan(KuboVersion.of("0.43.0-rc1"));
		assertThat(KuboVersion.of("0.40.0")).isEqualByComparingTo(KuboVersion.of("v0.40.0-dev"));
	}

	private void fakeGo() {
		FakeKubo.script(this.directory.resolve("path/go"), """
				#!/bin/sh
				{ echo "$@"; echo $GOFLAGS; grep ' v0' go.mod; } >> %1$s/go.log
				while [ "$1" != -o ]; do shift; done
				printf '#!/bin/sh\\necho 0.43.0\\n' > "$2"
				""".formatted(this.directory));
	}

	private Path cached(String version) {
		return this.directory.resolve("cache/kubo").resolve(version).resolve(Platform.current().toString());
	}

	private ExecutableLocator.Builder locator() {
		return ExecutableLocator.builder()
			.environment(Map.of("PATH", this.directory.resolve("path").toString()))
			.cacheDirectory(this.directory.resolve("cache"))
			.mirror(this.directory.resolve("no-mirror").toUri());
	}

}

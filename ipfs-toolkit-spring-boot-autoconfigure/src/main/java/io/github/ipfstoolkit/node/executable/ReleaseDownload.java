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

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Gets a release of Kubo from a mirror of
 * <a href="https://dist.ipfs.tech">dist.ipfs.tech</a>, which publishes the SHA-512 of
 * each file beside it.
 * <p>
 * Nothing is used whose checksum is not known and right. The checksum is the configured
 * one, else the one that is shipped with the toolkit, else, for versions and platforms
 * without either, the one that the mirror publishes.
 */
final class ReleaseDownload {

	private static final Log logger = LogFactory.getLog(ExecutableLocator.class);

	private static final String PINNED = "kubo.sha512";

	private static final long MAX_EXECUTABLE_SIZE = 1L << 30;

	private final URI mirror;

	private final String version;

	private final Platform platform;

	private final @Nullable String sha512;

	private final Duration timeout;

	ReleaseDownload(URI mirror, String version, Platform platform, @Nullable String sha512, Duration timeout) {
		this.mirror = mirror;
		this.version = version;
		this.platform = platform;
		this.sha512 = sha512;
		this.timeout = timeout;
	}

	/**
	 * Downloads, checks and unpacks the executable.
	 * @param directory where to
	 * @return the executable
	 * @throws SourceUnavailableException if the mirror has none or cannot be reached
	 * @throws ProvisioningException if the checksum is wrong
	 * @throws IOException if the directory cannot be written to
	 */
	Path into(Path directory) throws SourceUnavailableException, IOException {
		String name = this.platform.archive(this.version);
		String url = "%s/kubo/v%s/%s".formatted(this.mirror.toString().replaceAll("/+$", ""), this.version, name);
		String expected = expected(name, url);
		Path archive = directory.resolve(name);
		String actual = download(url, archive);
		if (!actual.equalsIgnoreCase(expected)) {
			throw new ProvisioningException(
					"%s has the wrong SHA-512: %s, where %s was expected".formatted(url, actual, expected),
					"The file was damaged or replaced on its way and has been deleted. Try again, or name another "
							+ "mirror with 'ipfs.node.mirror'. If 'ipfs.node.sha512' is set, check that it belongs to this file.",
					null);
		}
		return unpack(archive, directory);
	}

	private String expected(String name, String url) throws SourceUnavailableException, IOException {
		if (this.sha512 != null) {
			return this.sha512.strip();
		}
		String pinned = pinned(name);
		return (pinned != null) ? pinned : published(url + ".sha512");
	}

	static @Nullable String pinned(String name) throws IOException {
		try (InputStream stream = ReleaseDownload.class.getResourceAsStream(PINNED)) {
			if (stream == null) {
				throw new IOException("The resource '%s' is missing".formatted(PINNED));
			}
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines()
				.map((line) -> line.split("\\s+"))
				.filter((fields) -> fields.length == 2 && fields[1].equals(name))
				.map((fields) -> fields[0])
				.findFirst()
				.orElse(null);
		}
	}

	private String published(String url) throws SourceUnavailableException {
		try (InputStream stream = open(url).getInputStream()) {
			String text = new String(stream.readNBytes(4096), StandardCharsets.UTF_8).strip();
			String checksum = text.split("\\s+")[0].toLowerCase(Locale.ROOT);
			if (!checksum.matches("[0-9a-f]{128}")) {
				throw new SourceUnavailableException(url + " holds no SHA-512", null);
			}
			return checksum;
		}
		catch (IOException ex) {
			throw new SourceUnavailableException(describe(url, ex), ex);
		}
	}

	private String download(String url, Path target) throws SourceUnavailableException, IOException {
		logger.info("Downloading Kubo %s from %s".formatted(this.version, url));
		MessageDigest digest = sha512();
		ProgressLog progress = new ProgressLog();
		URLConnection connection;
		InputStream in;
		try {
			connection = open(url);
			in = connection.getInputStream();
		}
		catch (IOException ex) {
			throw new SourceUnavailableException(describe(url, ex), ex);
		}
		long length = connection.getContentLengthLong();
		long size = 0;
		try (in; OutputStream out = Files.newOutputStream(target)) {
			byte[] buffer = new byte[64 * 1024];
			int count;
			while ((count = read(url, in, buffer)) != -1) {
				out.write(buffer, 0, count);
				digest.update(buffer, 0, count);
				size += count;
				long received = size;
				progress.report(() -> "Downloading Kubo %s: %d of %s MB".formatted(this.version, received >> 20,
						(length > 0) ? length >> 20 : "unknown"));
			}
		}
		if (length >= 0 && size != length) {
			throw new SourceUnavailableException("%s ended after %d of %d bytes".formatted(url, size, length), null);
		}
		return HexFormat.of().formatHex(digest.digest());
	}

	/**
	 * Reads, so that a failure of the network is told from one of the disk.
	 */
	private static int read(String url, InputStream in, byte[] buffer) throws SourceUnavailableException {
		try {
			return in.read(buffer);
		}
		catch (IOException ex) {
			throw new SourceUnavailableException(describe(url, ex), ex);
		}
	}

	private URLConnection open(String url) throws IOException {
		URLConnection connection = URI.create(url).toURL().openConnection();
		connection.setConnectTimeout((int) this.timeout.toMillis());
		connection.setReadTimeout((int) this.timeout.toMillis());
		if (connection instanceof HttpURLConnection http && http.getResponseCode() != HttpURLConnection.HTTP_OK) {
			throw new FileNotFoundException("HTTP status " + http.getResponseCode());
		}
		return connection;
	}

	private static String describe(String url, IOException ex) {
		String reason = ex.getClass().getSimpleName().replace("Exception", "");
		return "%s cannot be read (%s: %s)".formatted(url, reason, ex.getMessage());
	}

	/**
	 * Takes the one file that is needed out of the archive; names in the archive never
	 * become names on the disk.
	 */
	private Path unpack(Path archive, Path directory) throws IOException {
		String wanted = "kubo/" + this.platform.executable("ipfs");
		Path target = directory.resolve(this.platform.executable("ipfs"));
		try (InputStream in = Files.newInputStream(archive)) {
			boolean found = this.platform.isWindows() ? unzip(in, wanted, target) : untar(in, wanted, target);
			if (!found) {
				throw new ProvisioningException("%s holds no '%s'".formatted(archive.getFileName(), wanted),
						"Name another mirror with 'ipfs.node.mirror', or an executable with 'ipfs.node.executable'.",
						null);
			}
		}
		Files.delete(archive);
		return target;
	}

	private static boolean untar(InputStream in, String wanted, Path target) throws IOException {
		try (TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(in, 64 * 1024))) {
			TarArchiveEntry entry;
			while ((entry = tar.getNextEntry()) != null) {
				if (entry.isFile() && entry.getName().equals(wanted)) {
					copy(tar, target);
					return true;
				}
			}
			return false;
		}
	}

	private static boolean unzip(InputStream in, String wanted, Path target) throws IOException {
		try (ZipInputStream zip = new ZipInputStream(in)) {
			ZipEntry entry;
			while ((entry = zip.getNextEntry()) != null) {
				if (entry.getName().equals(wanted)) {
					copy(zip, target);
					return true;
				}
			}
			return false;
		}
	}

	private static void copy(InputStream in, Path target) throws IOException {
		try (OutputStream out = Files.newOutputStream(target)) {
			byte[] buffer = new byte[64 * 1024];
			long size = 0;
			int count;
			while ((count = in.read(buffer)) != -1) {
				size += count;
				if (size > MAX_EXECUTABLE_SIZE) {
					throw new IOException("The executable is larger than " + MAX_EXECUTABLE_SIZE + " bytes");
				}
				out.write(buffer, 0, count);
			}
		}
	}

	private static MessageDigest sha512() {
		try {
			return MessageDigest.getInstance("SHA-512");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

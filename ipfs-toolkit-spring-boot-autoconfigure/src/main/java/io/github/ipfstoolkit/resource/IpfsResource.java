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

package io.github.ipfstoolkit.resource;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;

import io.github.ipfstoolkit.Cid;
import io.github.ipfstoolkit.ContentPath;
import io.github.ipfstoolkit.core.IpfsOperations;
import io.github.ipfstoolkit.rpc.CommandFailedException;
import io.github.ipfstoolkit.rpc.FilesApi.Stat;
import io.github.ipfstoolkit.rpc.Kubo;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.Resource;
import org.springframework.util.StringUtils;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * A file or directory on IPFS. The node is asked when the resource is used, not when it
 * is made. What is asked of a resource below a CID is remembered, as it can not change;
 * below a name it is asked anew each time. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class IpfsResource extends AbstractResource {

	private final Kubo kubo;

	private final IpfsOperations ipfs;

	private final ContentPath path;

	private final boolean directory;

	private volatile @Nullable Stat immutable;

	/**
	 * Creates a resource.
	 * @param kubo the node
	 * @param ipfs reads the content
	 * @param path where the content is
	 */
	public IpfsResource(Kubo kubo, IpfsOperations ipfs, ContentPath path) {
		this(kubo, ipfs, path, false);
	}

	/**
	 * Creates a resource.
	 * @param directory whether other resources are below it, and not beside it
	 */
	IpfsResource(Kubo kubo, IpfsOperations ipfs, ContentPath path, boolean directory) {
		this(kubo, ipfs, path, directory, null);
	}

	private IpfsResource(Kubo kubo, IpfsOperations ipfs, ContentPath path, boolean directory,
			@Nullable Stat immutable) {
		this.kubo = kubo;
		this.ipfs = ipfs;
		this.path = path;
		this.directory = directory || isRoot(path.toPath());
		this.immutable = immutable;
	}

	private static boolean isRoot(String path) {
		return path.indexOf('/', "/ipfs/".length()) < 0;
	}

	/**
	 * Returns where the content is.
	 * @return the path
	 */
	public ContentPath path() {
		return this.path;
	}

	/**
	 * Returns the CID of the content itself, which is a name for exactly these bytes.
	 * @return the CID, at the end of the path
	 * @throws FileNotFoundException if there is nothing at the path
	 * @throws io.github.ipfstoolkit.IpfsException if the node can not be asked
	 */
	public Cid cid() throws FileNotFoundException {
		return stat().cid();
	}

	/**
	 * Returns what is there now. Whatever happens to the name that it is below, the
	 * snapshot's CID, length and content stay those of the same file, and none of the
	 * first two is asked for again.
	 * @return a resource with the same path
	 * @throws FileNotFoundException if there is nothing at the path
	 * @throws io.github.ipfstoolkit.IpfsException if the node can not be asked
	 */
	public IpfsResource snapshot() throws FileNotFoundException {
		Stat stat = stat();
		return (this.immutable != null) ? this
				: new IpfsResource(this.kubo, this.ipfs, this.path, this.directory, stat);
	}

	private Stat stat() throws FileNotFoundException {
		Stat known = this.immutable;
		if (known != null) {
			return known;
		}
		boolean name = this.path.toPath().startsWith("/ipns/");
		try {
			ContentPath content = name ? this.ipfs.resolveName(this.path) : this.path;
			Stat stat = this.kubo.files().stat(content.toPath()).blockOptional().orElseThrow();
			if (!name) {
				this.immutable = stat;
			}
			return stat;
		}
		catch (CommandFailedException ex) {
			FileNotFoundException notFound = new FileNotFoundException(
					"%s can not be found: %s".formatted(getDescription(), ex.getMessage()));
			notFound.initCause(ex);
			throw notFound;
		}
	}

	@Override
	public boolean exists() {
		try {
			stat();
			return true;
		}
		catch (FileNotFoundException ex) {
			return false;
		}
	}

	/**
	 * Returns whether there is a file: a directory can not be read.
	 */
	@Override
	public boolean isReadable() {
		try {
			return !stat().type().equals("directory");
		}
		catch (FileNotFoundException ex) {
			return false;
		}
	}

	@Override
	public long contentLength() throws IOException {
		return stat().size();
	}

	/**
	 * Content on IPFS has no time of its own; {@link #cid()} tells whether it is the
	 * same.
	 * @return always -1
	 */
	@Override
	public long lastModified() {
		return -1;
	}

	/**
	 * Opens the content. Bytes that are skipped before the first read are not
	 * transferred.
	 */
	@Override
	public InputStream getInputStream() throws IOException {
		long length = contentLength();
		Stat known = this.immutable;
		return new SkippingContentStream(this.ipfs, (known != null) ? known.cid() : this.path, length);
	}

	/**
	 * Creates a resource below this one where this is a CID, a name, or was located with
	 * a slash at its end; otherwise beside it.
	 * @throws FileNotFoundException if the path leads out of the CID or name
	 */
	@Override
	public Resource createRelative(String relativePath) throws FileNotFoundException {
		String base = this.path.toPath();
		String root = base.split("/", 4)[2];
		String applied = StringUtils
			.cleanPath(this.directory ? base + "/" + relativePath : StringUtils.applyRelativePath(base, relativePath));
		String namespace = base.substring(0, "/ipfs/".length());
		if (!applied.equals(namespace + root) && !applied.startsWith(namespace + root + "/")) {
			throw new FileNotFoundException("'%s' leads out of %s".formatted(relativePath, getDescription()));
		}
		return new IpfsResource(this.kubo, this.ipfs, ContentPath.of(StringUtils.trimTrailingCharacter(applied, '/')),
				relativePath.endsWith("/"));
	}

	/**
	 * Returns the last part of the path; nothing where that is a CID or a name.
	 */
	@Override
	public @Nullable String getFilename() {
		String text = this.path.toPath();
		return isRoot(text) ? null : StringUtils.getFilename(text);
	}

	@Override
	public URI getURI() {
		String[] parts = this.path.toPath().split("/", 4);
		return UriComponentsBuilder.newInstance()
			.scheme(parts[1])
			.host(parts[2])
			.path((parts.length > 3) ? "/" + parts[3] : "")
			.encode()
			.build()
			.toUri();
	}

	@Override
	public URL getURL() throws MalformedURLException {
		String[] parts = this.path.toPath().split("/", 4);
		// Spring takes the end of a location of static content for a directory's
		String end = (parts.length > 3) ? parts[3] + (this.directory ? "/" : "") : "";
		return new URL(parts[1], parts[2], -1, "/" + end, new Handler());
	}

	@Override
	public String getDescription() {
		return "IPFS resource [" + this.path.toPath() + "]";
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof IpfsResource resource && this.kubo == resource.kubo
				&& this.path.toPath().equals(resource.path.toPath()));
	}

	@Override
	public int hashCode() {
		return this.path.toPath().hashCode();
	}

	/**
	 * Lets the URL be opened, which Java knows no protocol handler for.
	 */
	private final class Handler extends URLStreamHandler {

		@Override
		protected URLConnection openConnection(URL url) {
			return new URLConnection(url) {

				@Override
				public void connect() {
					// the node is asked for the content when that is read
				}

				@Override
				public InputStream getInputStream() throws IOException {
					return IpfsResource.this.getInputStream();
				}

				@Override
				public long getContentLengthLong() {
					try {
						return contentLength();
					}
					catch (IOException ex) {
						return -1;
					}
				}

			};
		}

	}

}

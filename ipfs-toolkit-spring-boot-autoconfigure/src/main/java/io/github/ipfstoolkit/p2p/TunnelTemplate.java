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

package io.github.ipfstoolkit.p2p;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.github.ipfstoolkit.IpfsException;
import io.github.ipfstoolkit.Multiaddr;
import io.github.ipfstoolkit.PeerId;
import io.github.ipfstoolkit.rpc.Kubo;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.Assert;

/**
 * Tunnels over a Kubo node's libp2p stream mounting. Gives everything back when it is
 * stopped.
 *
 * @since 0.1.0
 */
public final class TunnelTemplate implements TunnelOperations, SmartLifecycle, DisposableBean {

	/**
	 * The phase in which tunnels are stopped: after all that uses them, before the node.
	 */
	public static final int PHASE = Integer.MIN_VALUE / 2 - 100;

	/**
	 * How many ports to try for a forward where any will do. A port that has just been
	 * free is seldom taken, so that more would not help.
	 */
	private static final int ATTEMPTS = 20;

	private final Kubo kubo;

	private final Supplier<String> nodeHost;

	private final TunnelOptions options;

	private final OpenStreams streams;

	private final Set<AutoCloseable> leases = ConcurrentHashMap.newKeySet();

	private volatile @Nullable PeerId self;

	private volatile boolean running;

	private volatile boolean stopped;

	/**
	 * Creates an instance.
	 * @param kubo the node
	 * @param nodeHost the host at which the application reaches the ports of the node's
	 * forwards; asked for each stream
	 * @param options how application and node reach each other
	 */
	public TunnelTemplate(Kubo kubo, Supplier<String> nodeHost, TunnelOptions options) {
		this.kubo = kubo;
		this.streams = new OpenStreams(new SilentPeers(kubo));
		this.nodeHost = nodeHost;
		this.options = options;
	}

	@Override
	public PeerId self() {
		PeerId known = this.self;
		if (known == null) {
			known = this.kubo.node()
				.id()
				.blockOptional(this.options.timeout())
				.orElseThrow(() -> new IpfsException("The node did not tell its peer ID"))
				.id();
			this.self = known;
		}
		return known;
	}

	private void forgetSelf() {
		this.self = null;
	}

	private void checkNotStopped() {
		if (this.stopped) {
			throw new IpfsException("Tunnels are stopped, as the application is about to end");
		}
	}

	@Override
	public TunnelListener listen(String protocol) {
		checkNotStopped();
		String name = ProtocolName.toKubo(protocol);
		ServerSocketChannel server = openServer();
		try {
			int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
			Lease lease = lease(name, Multiaddr.tcp(this.options.applicationHost(), port), true);
			LeasedListener listener = new LeasedListener(protocol, server, lease, this.streams, this.leases::remove);
			lease.take();
			this.leases.add(listener);
			return listener;
		}
		catch (IOException ex) {
			Sockets.close(server);
			throw new UncheckedIOException(ex);
		}
		catch (RuntimeException ex) {
			Sockets.close(server);
			if (KuboErrors.isProtocolInUse(ex)) {
				throw new ProtocolInUseException(protocol);
			}
			throw ex;
		}
	}

	@Override
	public ExposedService expose(String protocol, Multiaddr service) {
		checkNotStopped();
		if (service.tcpPort().orElse(0) == 0) {
			throw new IllegalArgumentException(
					"'%s' is no address of a TCP service, such as /ip4/127.0.0.1/tcp/8080".formatted(service));
		}
		Lease lease = lease(ProtocolName.toKubo(protocol), service, false);
		LeasedService exposed = new LeasedService(protocol, service, lease, this.leases::remove);
		try {
			lease.take();
		}
		catch (RuntimeException ex) {
			if (KuboErrors.isProtocolInUse(ex)) {
				throw new ProtocolInUseException(protocol);
			}
			throw ex;
		}
		this.leases.add(exposed);
		return exposed;
	}

	private Lease lease(String name, Multiaddr target, boolean reportPeerId) {
		Mounting mounting = new Mounting.Listener(this.kubo.p2p(), name, target, reportPeerId);
		return new Lease(this.kubo.p2p(), () -> mounting, 1, this.options.timeout(), this::forgetSelf);
	}

	private ServerSocketChannel openServer() {
		try {
			return Sockets.listen(this.options.bindAddress(), this.options.listenerPorts());
		}
		catch (IOException ex) {
			throw new IpfsException(("Could not listen on %s, port %s. Check 'ipfs.p2p.bind-address' and "
					+ "'ipfs.p2p.listener-ports'")
				.formatted(this.options.bindAddress(), this.options.listenerPorts()), ex);
		}
	}

	@Override
	public TunnelForward forward(PeerId peer, String protocol) {
		return forward(peer, protocol, this.options.forwardPorts());
	}

	@Override
	public TunnelForward forward(PeerId peer, String protocol, int port) {
		Assert.isTrue(port > 0, "the port must be positive");
		return forward(peer, protocol, new PortRange(port, port));
	}

	private TunnelForward forward(PeerId peer, String protocol, PortRange ports) {
		checkNotStopped();
		String name = ProtocolName.toKubo(protocol);
		Lease lease = new Lease(this.kubo.p2p(), forwards(name, peer, ports), ports.isAny() ? ATTEMPTS : ports.size(),
				this.options.timeout(), this::forgetSelf);
		LeasedForward forward = new LeasedForward(peer, protocol, lease, this.nodeHost, this.streams,
				this.leases::remove);
		try {
			lease.take();
		}
		catch (RuntimeException ex) {
			if (KuboErrors.isAddressInUse(ex)) {
				throw new IpfsException(("The node has no free port for a forward on %s, port %s. Give it another, or "
						+ "more by 'ipfs.p2p.forward-ports'")
					.formatted(this.options.forwardBindAddress(), ports), ex);
			}
			throw ex;
		}
		this.leases.add(forward);
		return forward;
	}

	@Override
	public TunnelForward forwardBriefly(PeerId peer, String protocol) {
		checkNotStopped();
		PortRange ports = this.options.forwardPorts();
		Supplier<Mounting.Forward> candidates = forwards(ProtocolName.toKubo(protocol), peer, ports);
		for (int attempt = ports.isAny() ? ATTEMPTS : ports.size();; attempt--) {
			Mounting.Forward mounting = candidates.get();
			try {
				mounting.mountUntilUnmounted().block(this.options.timeout());
				BriefForward forward = new BriefForward(protocol, mounting, this.nodeHost.get(), this.streams,
						this.leases::remove);
				this.leases.add(forward);
				return forward;
			}
			catch (RuntimeException ex) {
				if (attempt == 1 || !KuboErrors.isAddressInUse(ex)) {
					throw ex;
				}
			}
		}
	}

	private Supplier<Mounting.Forward> forwards(String name, PeerId peer, PortRange ports) {
		PrimitiveIterator.OfInt candidates = (ports.isAny() ? IntStream.generate(this::anyPort)
				: IntStream.generate(() -> 0).flatMap((round) -> ports.shuffled()))
			.iterator();
		return () -> new Mounting.Forward(this.kubo.p2p(), name,
				Multiaddr.tcp(this.options.forwardBindAddress(), candidates.nextInt()), peer);
	}

	private int anyPort() {
		try {
			return Sockets.likelyFreePort();
		}
		catch (IOException ex) {
			throw new IpfsException("There is no free port for a forward", ex);
		}
	}

	@Override
	public void start() {
		this.stopped = false;
		this.running = true;
	}

	/**
	 * Gives all listeners and forwards back and ends all streams.
	 */
	@Override
	public void stop() {
		this.running = false;
		this.stopped = true;
		for (AutoCloseable lease : this.leases) {
			try {
				lease.close();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}
		this.streams.closeAll();
		forgetSelf();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	/**
	 * Tunnels are kept while a test context is paused, as the node is.
	 */
	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public void destroy() {
		stop();
	}

}

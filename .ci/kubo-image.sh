#!/usr/bin/env bash
# Makes a stand-in for Docker Hub's ipfs/kubo image of a statically linked executable, so that the container tests need
# no registry. As in the original, the RPC API is on port 5001, the gateway on 8080, the swarm on 4001, the repository
# in /data/ipfs. Unlike there, the node knows no bootstrap peers and has stream mounting and pubsub on.
set -euo pipefail
executable=${1:?usage: $0 <ipfs executable>}
needs_libraries() {
  grep -q '=>' <<<"$(ldd "$1" 2>/dev/null || true)"
}

if needs_libraries "$executable"; then
  echo "$executable is linked dynamically: an image of nothing else cannot run it" >&2
  exit 1
fi
context=$(mktemp -d)
trap 'rm -rf "$context"' EXIT

if ! [ -x /bin/busybox ] || needs_libraries /bin/busybox; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends busybox-static >/dev/null
fi
cp "$executable" "$context/ipfs"
cp /bin/busybox "$context/busybox"

cat >"$context/start" <<'SCRIPT'
#!/bin/sh
set -eu
if [ ! -f "$IPFS_PATH/config" ]; then
  ipfs init --profile=test >/dev/null
  ipfs config Addresses.API /ip4/0.0.0.0/tcp/5001
  ipfs config Addresses.Gateway /ip4/0.0.0.0/tcp/8080
  ipfs config --json Addresses.Swarm '["/ip4/0.0.0.0/tcp/4001", "/ip4/0.0.0.0/udp/4001/quic-v1"]'
  ipfs config --json Experimental.Libp2pStreamMounting true
  ipfs config --json Pubsub.Enabled true
fi
exec ipfs daemon
SCRIPT
chmod 755 "$context/start"

cat >"$context/Dockerfile" <<'DOCKERFILE'
FROM scratch
COPY busybox /bin/busybox
RUN ["/bin/busybox", "--install", "-s", "/bin"]
COPY ipfs start /usr/local/bin/
ENV PATH=/usr/local/bin:/bin IPFS_PATH=/data/ipfs IPFS_TELEMETRY=off
RUN mkdir -p /data/ipfs /tmp
EXPOSE 4001 5001 8080
ENTRYPOINT ["/usr/local/bin/start"]
DOCKERFILE

docker build -q -t "ipfs/kubo:$("$executable" version -n)" "$context"

#!/usr/bin/env bash
# Makes what the container tests need: a Docker daemon, Docker Compose and the Kubo image. Can be run again at any
# time, and installs (as root, on Debian or Ubuntu) only what is missing. To be sourced: it tells Testcontainers of a
# daemon that can pull no images.
set -euo pipefail

start_docker() {
  docker info >/dev/null 2>&1 && return
  if ! command -v dockerd >/dev/null; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends docker.io iptables >/dev/null
  fi
  # A daemon that was killed leaves its pid file behind and would not start again
  if [ -f /var/run/docker.pid ] && ! kill -0 "$(cat /var/run/docker.pid)" 2>/dev/null; then
    rm -f /var/run/docker.pid
  fi
  local log=${DOCKERD_LOG:-/tmp/dockerd.log}
  setsid dockerd >"$log" 2>&1 </dev/null &
  for _ in $(seq 60); do
    docker info >/dev/null 2>&1 && return
    sleep 1
  done
  echo "The Docker daemon did not start within 60 s:" >&2
  tail -n 20 "$log" >&2
  return 1
}

# Debian 12 has only Compose 1, which Spring Boot does not speak to, so the plugin is built from its Go module.
install_compose() {
  docker compose version >/dev/null 2>&1 && return
  local version=v2.40.3 sum=h1:XeYkQu1svDtyfZPv5nTwFryQ25ZJMkIlc4pz9HalMPI= module build
  module=$(cd / && go mod download -json "github.com/docker/compose/v2@$version")
  if ! grep -qF "\"$sum\"" <<<"$module"; then
    echo "The sources of Docker Compose $version are not those that were pinned" >&2
    return 1
  fi
  build=$(mktemp -d)
  cp -r "$(sed -n 's/.*"Dir": "\(.*\)".*/\1/p' <<<"$module")/." "$build"
  chmod -R u+w "$build"
  mkdir -p ~/.docker/cli-plugins
  (cd "$build" && go build -trimpath -ldflags "-s -w -X github.com/docker/compose/v2/internal.Version=$version" \
    -o ~/.docker/cli-plugins/docker-compose ./cmd)
  rm -rf "$build"
}

start_docker
install_compose
"$(dirname "${BASH_SOURCE[0]}")/kubo-image.sh" "${IPFS_TEST_EXECUTABLE:-$(command -v ipfs)}"
# The helper images that Testcontainers would start can not be pulled everywhere
export TESTCONTAINERS_RYUK_DISABLED=true TESTCONTAINERS_CHECKS_DISABLE=true TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1

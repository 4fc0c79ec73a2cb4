#!/usr/bin/env bash
# Prints the path of an executable of the oldest Kubo that is supported: one that was built here before, else a new one,
# built with Go from the module beside this script, whose dependencies are pinned.
set -euo pipefail
cd "$(dirname "$0")/kubo-oldest"
version=$(sed -n 's|.*github.com/ipfs/kubo v\([0-9.]*\).*|\1|p' go.mod)
target=${XDG_CACHE_HOME:-$HOME/.cache}/ipfs-toolkit-tests/kubo-$version/ipfs
if [ ! -x "$target" ]; then
  GOFLAGS='-mod=readonly -buildvcs=false' GOWORK=off CGO_ENABLED=0 \
    go build -trimpath -ldflags='-s -w' -o "$target.new" github.com/ipfs/kubo/cmd/ipfs >&2
  mv "$target.new" "$target"
fi
echo "$target"

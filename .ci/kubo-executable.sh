#!/usr/bin/env bash
# Prints the path of the Kubo executable that the tests have used: the one that the environment names, else one on the
# PATH, else the one that the toolkit keeps in its cache.
set -euo pipefail
if [ -n "${IPFS_TEST_EXECUTABLE:-}" ]; then
  echo "$IPFS_TEST_EXECUTABLE"
elif command -v ipfs; then
  :
else
  find "${XDG_CACHE_HOME:-$HOME/.cache}/ipfs-toolkit" -type f -name ipfs | grep .
fi | head -n 1

#!/usr/bin/env bash
# Installs the Python IPFS-Toolkit into a virtual environment, as the peer for the tests of the wire protocol:
#   .ci/python-peer.sh DIRECTORY
set -euo pipefail
directory=$1
python3 -m venv "$directory"
"$directory/bin/pip" install --quiet IPFS-Toolkit==0.5.33
# with the newest ipfs_tk the toolkit's import fails
"$directory/bin/pip" install --quiet --no-deps ipfs_tk==0.1.4
"$directory/bin/python" -c 'import ipfs_datatransmission'

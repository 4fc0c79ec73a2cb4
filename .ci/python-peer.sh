#!/usr/bin/env bash
# Installs the Python IPFS-Toolkit as the peer for the tests of the wire protocol: 0.5.33 into the virtual environment
# DIRECTORY, the same with the later engine, which has salutations, into DIRECTORY/later:
#   .ci/python-peer.sh DIRECTORY
set -euo pipefail
directory=$(realpath -m "$1")
python3 -m venv "$directory"
"$directory/bin/pip" install --quiet IPFS-Toolkit==0.5.33
# with the newest ipfs_tk the toolkit's import fails
"$directory/bin/pip" install --quiet --no-deps ipfs_tk==0.1.4
"$directory/bin/python" -c 'import ipfs_datatransmission'
python3 -m venv "$directory/later"
# the engine imports emtest, which it does not ask for
"$directory/later/bin/pip" install --quiet IPFS-Toolkit==0.5.33 ipfs_tk==0.1.14 emtest==0.2.0
(cd "$(dirname "$0")/../ipfs-toolkit-spring-boot-autoconfigure/src/test/resources/python" &&
  PYTHONDONTWRITEBYTECODE=1 "$directory/later/bin/python" -c 'import later_engine')

"""Prints a line for each file that arrives: receive_files.py LISTENER DIRECTORY. Ends with its standard input."""
import hashlib
import os
import sys

import ipfs_datatransmission


def handle(peer, path, metadata):
    with open(path, "rb") as file:
        data = file.read()
    name = os.path.basename(path).encode().hex()
    print(f"received {peer} {name} {len(data)} {hashlib.sha256(data).hexdigest()} m{bytes(metadata).hex()}", flush=True)


listener = ipfs_datatransmission.listen_for_file_transmissions(sys.argv[1], handle, dir=sys.argv[2])
print("listening", flush=True)
sys.stdin.read()
listener.terminate()

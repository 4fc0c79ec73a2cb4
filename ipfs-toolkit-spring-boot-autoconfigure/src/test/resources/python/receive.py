"""Prints a line for each message that arrives: receive.py LISTENER. Ends with its standard input."""
import hashlib
import sys

import ipfs_datatransmission


def handle(data, peer):
    print(f"received {peer} {len(data)} {hashlib.sha256(data).hexdigest()}", flush=True)


listener = ipfs_datatransmission.listen_for_transmissions(sys.argv[1], handle)
print("listening", flush=True)
sys.stdin.read()
listener.terminate()

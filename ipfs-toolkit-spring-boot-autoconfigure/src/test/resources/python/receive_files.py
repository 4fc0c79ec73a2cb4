"""Prints a line for each file that arrives: receive_files.py LISTENER
DIRECTORY [KEY]. With a key, everything is combined with it by exclusive or. Ends with its standard input."""
import hashlib
import os
import sys

import ipfs_datatransmission

callbacks = None
if len(sys.argv) > 3:
    table = bytes(byte ^ int(sys.argv[3]) for byte in range(256))

    def combine(data):
        return bytearray(data).translate(table)

    callbacks = (combine, combine)


def handle(peer, path, metadata):
    with open(path, "rb") as file:
        data = file.read()
    name = os.path.basename(path).encode().hex()
    print(f"received {peer} {name} {len(data)} {hashlib.sha256(data).hexdigest()} m{bytes(metadata).hex()}", flush=True)


listener = ipfs_datatransmission.listen_for_file_transmissions(sys.argv[1], handle, dir=sys.argv[2],
                                                               encryption_callbacks=callbacks)
print("listening", flush=True)
sys.stdin.read()
listener.terminate()

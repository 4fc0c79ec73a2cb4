"""Sends a file: send_file.py PEER LISTENER PATH METADATA [KEY]. With a key, everything is combined with it by exclusive or. The node is
the one of PY_IPFS_HTTP_CLIENT_DEFAULT_ADDR."""
import os
import sys
import time

import ipfs_datatransmission

peer, listener, path, metadata = sys.argv[1:5]
callbacks = None
if len(sys.argv) > 5:
    table = bytes(byte ^ int(sys.argv[5]) for byte in range(256))

    def combine(data):
        return bytearray(data).translate(table)

    callbacks = (combine, combine)
transmitter = ipfs_datatransmission.transmit_file(path, peer, listener, metadata=bytes.fromhex(metadata),
                                                  encryption_callbacks=callbacks)
while transmitter.status != "finished":
    time.sleep(0.05)
print("sent", flush=True)
# threads of the toolkit would keep the interpreter from ending
os._exit(0)

"""Sends a file: send_file.py PEER LISTENER PATH METADATA. The node is the one of PY_IPFS_HTTP_CLIENT_DEFAULT_ADDR."""
import os
import sys
import time

import ipfs_datatransmission

peer, listener, path, metadata = sys.argv[1:]
transmitter = ipfs_datatransmission.transmit_file(path, peer, listener, metadata=bytes.fromhex(metadata))
while transmitter.status != "finished":
    time.sleep(0.05)
print("sent", flush=True)
# threads of the toolkit would keep the interpreter from ending
os._exit(0)

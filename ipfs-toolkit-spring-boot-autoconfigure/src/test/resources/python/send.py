"""Sends standard input as one message: send.py PEER LISTENER. The node is the one of PY_IPFS_HTTP_CLIENT_DEFAULT_ADDR."""
import sys

import ipfs_datatransmission

peer, listener = sys.argv[1:]
sent = ipfs_datatransmission.transmit_data(sys.stdin.buffer.read(), peer, listener)
print("sent" if sent is not False else "not sent", flush=True)

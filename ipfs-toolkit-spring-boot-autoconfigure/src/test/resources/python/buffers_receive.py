"""Receives raw buffers and prints, after each, how many bytes there were in all and their SHA-256:
buffers_receive.py NAME. Ends with its standard input."""
import hashlib
import sys

from ipfs_api import client
from ipfs_tk_transmission import listen_to_buffers

digest = hashlib.sha256()
count = 0


def handle(data):
    global count
    digest.update(data)
    count += len(data)
    print(f"received {count} {digest.hexdigest()}", flush=True)


# one thread, as the order would be lost otherwise
receiver = listen_to_buffers(client, handle, sys.argv[1], eventhandlers_on_new_threads=False)
print("listening", flush=True)
sys.stdin.read()

"""Sends standard input as raw buffers of 1000 bytes: buffers_send.py PEER NAME. Ends with SIGTERM."""
import signal
import sys

from ipfs_api import client
from ipfs_tk_transmission import BufferSender

sender = BufferSender(client, sys.argv[1], sys.argv[2])
buffer = sys.stdin.buffer.read(1000)
while buffer:
    sender.send_buffer(buffer)
    buffer = sys.stdin.buffer.read(1000)
print("sent", flush=True)
signal.pause()

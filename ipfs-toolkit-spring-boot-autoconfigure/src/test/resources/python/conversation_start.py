"""Starts a conversation, says each line of standard input and prints the answer to it:
conversation_start.py NAME PEER LISTENER [KEY]. With a key, everything is combined with it by exclusive or."""
import sys

import ipfs_datatransmission

name, peer, listener = sys.argv[1:4]
callbacks = None
if len(sys.argv) > 4:
    def combine(data):
        return bytearray(byte ^ int(sys.argv[4]) for byte in data)

    callbacks = (combine, combine)
conversation = ipfs_datatransmission.start_conversation(name, peer, listener, encryption_callbacks=callbacks)
print("started", flush=True)
for line in sys.stdin.buffer:
    conversation.say(bytearray(line.rstrip(b"\n")))
    print("heard", bytes(conversation.listen(timeout=30)).decode(), flush=True)
conversation.close()
print("closed", flush=True)

"""Starts a conversation, says each line of standard input and prints the answer to it:
conversation_start.py NAME PEER LISTENER [KEY [SECONDS]]. With a key, everything is combined with it by exclusive or.
Each answer is waited for as many seconds."""
import sys

import ipfs_datatransmission

name, peer, listener = sys.argv[1:4]
callbacks = None
if len(sys.argv) > 4:
    def combine(data):
        return bytearray(byte ^ int(sys.argv[4]) for byte in data)

    callbacks = (combine, combine)
seconds = int(sys.argv[5]) if len(sys.argv) > 5 else 30
conversation = ipfs_datatransmission.start_conversation(name, peer, listener, encryption_callbacks=callbacks)
print("started", flush=True)
for line in sys.stdin.buffer:
    try:
        conversation.say(bytearray(line.rstrip(b"\n")), timeout_sec=seconds)
        print("heard", bytes(conversation.listen(timeout=seconds)).decode(), flush=True)
    except Exception as failure:
        print("failed", type(failure).__name__, flush=True)
conversation.close()
print("closed", flush=True)

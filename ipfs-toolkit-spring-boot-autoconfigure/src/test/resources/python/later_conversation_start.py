"""Starts a conversation, with a salutation (in hexadecimal digits) where there is one, says each line of standard input and
prints the answer to it: later_conversation_start.py NAME PEER LISTENER [SALUTATION]."""
import sys

from later_engine import client

name, peer, listener = sys.argv[1:4]
salutation = bytes.fromhex(sys.argv[4]) if len(sys.argv) > 4 else None
conversation = client.start_conversation(name, peer, listener, salutation_message=salutation)
print("salutation", bytes(conversation.salutation_join or b"").hex() or "none", flush=True)
for line in sys.stdin.buffer:
    conversation.say(bytearray(line.rstrip(b"\n")))
    print("heard", bytes(conversation.listen(timeout=30)).decode(), flush=True)
conversation.close()
print("closed", flush=True)

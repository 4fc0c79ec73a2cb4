"""Takes one conversation after another and says all that it hears backwards, until it hears 'bye', of a JSON object each
value with its name: conversation_listen.py LISTENER [KEY]. With a key, everything is combined with it by exclusive or. Ends with its standard
input."""
import json
import sys

import ipfs_datatransmission

callbacks = None
if len(sys.argv) > 2:
    def combine(data):
        return bytearray(byte ^ int(sys.argv[2]) for byte in data)

    callbacks = (combine, combine)


def on_request(name, peer):
    conversation = ipfs_datatransmission.join_conversation("python_" + name, peer, name, encryption_callbacks=callbacks)
    print("joined", peer, flush=True)
    heard = conversation.listen(timeout=60)
    while heard != b"bye":
        if heard.startswith(b"{"):
            swapped = {str(value): name for name, value in json.loads(bytes(heard)).items()}
            conversation.say(bytearray(json.dumps(swapped).encode()))
        else:
            conversation.say(heard[::-1])
        heard = conversation.listen(timeout=60)
    conversation.close()
    print("closed", flush=True)


listener = ipfs_datatransmission.listen_for_conversations(sys.argv[1], on_request)
print("listening", flush=True)
sys.stdin.read()
listener.terminate()

"""Takes one conversation after another and says all that it hears backwards, until it hears 'bye'; with a salutation (in
hexadecimal digits) where there is one: later_conversation_listen.py LISTENER [SALUTATION]. Ends with its standard input."""
import sys

from later_engine import client

salutation = bytes.fromhex(sys.argv[2]) if len(sys.argv) > 2 else None


def on_request(name, peer, heard=b""):
    print("salutation", bytes(heard).hex() or "none", flush=True)
    conversation = client.join_conversation("python_" + name, peer, name, salutation_message=salutation)
    print("joined", peer, flush=True)
    message = conversation.listen(timeout=60)
    while message != b"bye":
        conversation.say(message[::-1])
        message = conversation.listen(timeout=60)
    conversation.close()
    print("closed", flush=True)


def on_plain_request(name, peer):
    on_request(name, peer)


listener = client.listen_for_conversations(sys.argv[1], on_request if salutation else on_plain_request)
print("listening", flush=True)
sys.stdin.read()
listener.terminate()

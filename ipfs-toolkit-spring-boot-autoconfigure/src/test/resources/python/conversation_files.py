"""Receives a file within a conversation and sends it back under another name, with its progress:
    conversation_files.py join LISTENER DIRECTORY [KEY]
    conversation_files.py start NAME PEER LISTENER DIRECTORY [KEY]
With a key, everything is combined with it by exclusive or. Ends with its standard input."""
import hashlib
import os
import shutil
import sys

import ipfs_datatransmission

mode, arguments = sys.argv[1], sys.argv[2:]
count = 2 if mode == "join" else 4
callbacks = None
if len(arguments) > count:
    table = bytes(byte ^ int(arguments[count]) for byte in range(256))

    def combine(data):
        return bytearray(data).translate(table)

    callbacks = (combine, combine)
directory = arguments[count - 1]


def exchange(conversation):
    received = conversation.listen_for_file(abs_timeout=60)
    path = received["filepath"]
    with open(path, "rb") as file:
        data = file.read()
    print(f"received {len(data)} {hashlib.sha256(data).hexdigest()} m{bytes(received['metadata']).hex()}", flush=True)
    back = os.path.join(directory, "back.bin")
    shutil.copyfile(path, back)
    conversation.transmit_file(back, bytearray(b"back"), lambda progress: print("progress", progress, flush=True))


def on_request(name, peer):
    # a file listener is a part of the conversation
    exchange(ipfs_datatransmission.join_conversation("python_" + name, peer, name, encryption_callbacks=callbacks,
                                                     dir=directory))


if mode == "join":
    listener = ipfs_datatransmission.listen_for_conversations(arguments[0], on_request)
    print("listening", flush=True)
else:
    started = ipfs_datatransmission.start_conversation(*arguments[:3], encryption_callbacks=callbacks, dir=directory)
    exchange(started)
sys.stdin.read()
if mode == "start":
    started.close()
print("closed", flush=True)

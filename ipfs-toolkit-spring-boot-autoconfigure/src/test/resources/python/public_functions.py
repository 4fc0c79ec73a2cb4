"""Prints the public functions of the Python IPFS-Toolkit, each as: SECTION OF docs/ipfs-api.md <tab> NAME"""
import inspect

import ipfs_api
import ipfs_cli
import ipfs_datatransmission
import ipfs_lns
import ipfs_peers
from ipfs_remote.ipfshttpclient2.client import Client
from ipfs_remote.ipfshttpclient2.client.base import SectionProperty
from ipfs_remote.pubsub import PubsubListener
from ipfs_tk_transmission import errors, transmission
from ipfs_tk_transmission.conversations import Conversation
from ipfs_tk_transmission.conversation_basics import ConversationListener


def functions(module):
    # an alias has another name than the function
    return [name for name, member in vars(module).items() if not name.startswith("_")
            and inspect.isfunction(member) and member.__module__ == module.__name__ and member.__name__ == name]


def methods(cls):
    return [name for name, member in inspect.getmembers(cls) if not name.startswith("_") and inspect.isfunction(member)]


def commands(client, prefix=""):
    for name in dir(client):
        member = inspect.getattr_static(client, name)
        if name.startswith("_"):
            continue
        if isinstance(member, SectionProperty):
            yield from commands(member.__prop_cls__, prefix + name + ".")
        elif inspect.isfunction(member):
            yield prefix + name


def of(cls):
    return [cls.__name__ + "." + name for name in methods(cls)]


sections = {
    "ipfs_api and ipfs_cli": functions(ipfs_api) + functions(ipfs_cli) + of(PubsubListener),
    "ipfs_api.client, the HTTP client": commands(Client),
    "ipfs_datatransmission": functions(ipfs_datatransmission) + of(Conversation) + of(ConversationListener)
        + of(transmission.TransmissionListener) + of(transmission.BufferSender) + of(transmission.BufferReceiver)
        + [name for name in functions(transmission) if "buffers" in name]
        + [name for name, member in vars(errors).items() if inspect.isclass(member)],
    "ipfs_lns": functions(ipfs_lns) + of(ipfs_lns.Node),
    "ipfs_peers": functions(ipfs_peers) + ["PeerMonitor"] + of(ipfs_peers.PeerMonitor) + of(ipfs_peers.Peer),
}
for section, names in sections.items():
    for name in sorted(set(names)):
        print(f"{section}\t{name}")

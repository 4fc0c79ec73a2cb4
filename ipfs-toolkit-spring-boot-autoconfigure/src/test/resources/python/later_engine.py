"""The later engine (ipfs_tk 0.1.14) on the client of the toolkit 0.5.33, which looks for its base class where earlier
engines had it."""
import ipfs_tk_generics
from ipfs_tk_generics.client import IpfsClient

ipfs_tk_generics.IpfsClient = IpfsClient

from ipfs_remote import IpfsRemote  # noqa: E402

client = IpfsRemote(None)

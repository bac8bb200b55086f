"""The processes of a running service: supervisor, gate, HTTP processes, query workers."""

from akteursmodell.serving.supervisor import serve

__all__ = ["serve"]

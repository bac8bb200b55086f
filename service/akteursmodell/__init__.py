"""The knowledge graph of a local governance model and its semantic query service."""

from importlib.metadata import version

__all__ = ["__version__"]

__version__ = version("akteursmodell")

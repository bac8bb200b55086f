"""What can be wrong with shapes themselves."""

from akteursmodell.errors import InputError

__all__ = ["ShapesError"]


class ShapesError(InputError):
    """Shapes that cannot be used: ill-formed, recursive, or of a kind that is not known here."""

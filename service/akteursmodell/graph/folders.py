"""Folders that hold a store: which may be made new, and why one cannot be opened."""

import glob
import shutil
from pathlib import Path

from akteursmodell.errors import StoreError, Text

__all__ = ["check_new_folder", "not_opened", "readers_prefix", "remove_leftovers", "replace_folder"]


def check_new_folder(folder: Path, *, create: bool) -> None:
    """Refuse a folder that is missing, or that holds something else than a store."""
    if not create or not folder.parent.is_dir():
        raise StoreError(
            Text(f"In {folder} liegen keine Daten.", f"There is no store in {folder}."),
            Text(
                "`akteursmodell serve --store ORDNER` legt dort einen an (der Ordner darüber "
                "muss bestehen).",
                "`akteursmodell serve --store DIR` makes one there (the folder above must exist).",
            ),
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreError(
            Text(
                f"{folder} ist nicht leer und enthält keinen Datenbestand.",
                f"{folder} is not empty and holds no store.",
            ),
            Text("Nehmen Sie einen neuen Ordner.", "Take a new folder."),
        )


def not_opened(folder: Path, fault: OSError) -> StoreError:
    """Say why the engine cannot open a folder."""
    if "lock" in str(fault).lower():
        return StoreError(
            Text(
                f"Der Datenordner {folder} wird gerade von einem anderen Prozess benutzt.",
                f"The store folder {folder} is in use by another process.",
            ),
            Text(
                "Beenden Sie diesen Prozess, oder nehmen Sie einen anderen Ordner.",
                "End that process, or take another folder.",
            ),
        )
    return StoreError(
        Text(
            f"Der Datenordner {folder} lässt sich nicht öffnen: {fault}",
            f"The store folder {folder} cannot be opened: {fault}",
        ),
        Text(
            "Prüfen Sie Rechte und Inhalt des Ordners.",
            "Check the folder's permissions and content.",
        ),
    )


def readers_prefix(store: Path) -> str:
    """Return how the folders beside a store begin that hold what its readers read."""
    return f".akteursmodell-{store.name}-"


def remove_leftovers(store: Path) -> None:
    """Remove what a killed process left beside a store; only for whoever holds the store."""
    for pattern in (f"{readers_prefix(store)}????????", f"{store.name}.new", f"{store.name}.old"):
        name = glob.escape(pattern.rstrip("?")) + "?" * pattern.count("?")
        for left in store.parent.glob(name):
            shutil.rmtree(left, ignore_errors=True)


def replace_folder(store: Path, fresh: Path) -> None:
    """Put a store folder in the place of another, which is removed; nobody may have them open.

    In between there is none, and a start would make it anew from the journal.
    """
    old = store.with_name(store.name + ".old")
    store.rename(old)
    fresh.rename(store)
    shutil.rmtree(old)

"""Folders that hold a store: which may be made new, and why one cannot be opened."""

from pathlib import Path

from akteursmodell.errors import StoreError, Text

__all__ = ["check_new_folder", "not_opened"]


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

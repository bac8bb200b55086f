"""Our public bodies as CPSV-AP 3.2 and CPOV know them, derived and never kept by hand.

Public organisations are the documented territorial authorities whose area is recorded: CPSV-AP
demands a name and a place for each (https://semiceu.github.io/CPSV-AP/releases/3.2.0/). The
federal and the state level are named in the data without an area, so they are left out. Of public
services there are none: our tasks are what has to be done, not services that anybody uses, and no
source gives what CPSV-AP demands of one (`alignments.ttl` says the same).
"""

from akteursmodell.graph.store import Queryable
from akteursmodell.graph.terms import QueryTriples, Triple

__all__ = ["public_organisations"]

# A key that is only our own reading (evidence-interpreted) is no identifier to hand on.
QUERY = """
CONSTRUCT {
  ?body a cv:PublicOrganisation , org:Organization ;
    skos:prefLabel ?name ;
    dcterms:title ?name ;
    dcterms:identifier ?address ;
    dcterms:spatial ?area ;
    org:classification ?type ;
    org:identifier ?key .
  ?area a dcterms:Location ;
    skos:prefLabel ?areaName .
} WHERE {
  ?body a akm:DocumentedActor ;
    a/rdfs:subClassOf* akm:TerritorialAuthority ;
    skos:prefLabel ?name .
  ?area akm:areaOf ?body ;
    skos:prefLabel ?areaName .
  BIND(STRDT(STR(?body), xsd:anyURI) AS ?address)
  OPTIONAL { ?body akm:municipalityType ?type }
  OPTIONAL {
    ?identifier akm:identifierOf ?body ;
      akm:identifierScheme akm:scheme-ags ;
      akm:identifierValue ?key ;
      akm:evidence/akm:evidenceStatus ?status .
    FILTER(?status NOT IN (akm:evidence-interpreted, akm:evidence-illustrative))
  }
}
"""


def public_organisations(source: Queryable) -> list[Triple]:
    """Return the public organisations with what CPSV-AP demands of them, in a fixed order."""
    answer = source.query(QUERY)
    if not isinstance(answer, QueryTriples):
        raise TypeError(QUERY)
    return sorted(set(answer), key=str)

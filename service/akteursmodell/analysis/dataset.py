"""The dataset described for machines: VoID, DCAT with the German profile DCAT-AP.de, schema.org.

One node is all three. What is not known is not stated: a service without a contact has none, and no
`dcatde:contributorID` is made up (GovData gives one to each publisher that registers). Places are
the municipality and county keys that an outside source confirms. The time covered is that of the
facts in the data: it says from when to when sources speak, not that they do so without a break.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from akteursmodell.analysis.partitions import partitions, totals
from akteursmodell.config import Settings
from akteursmodell.errors import Text
from akteursmodell.graph.store import Queryable
from akteursmodell.graph.terms import TYPE, Literal, NamedNode, Triple
from akteursmodell.query.rows import node, rows, text
from akteursmodell.vocabulary import ID, PREFIXES, SYSTEM_GRAPH, expand

__all__ = ["LICENCE", "Dump", "describe", "dumps_by_query", "is_statistic"]

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
GERMAN_LICENCE = "http://dcat-ap.de/def/licenses/cc-by/4.0"
ATTRIBUTION = "akteursmodell, the knowledge graph of a local governance model"
MAINTAINERS = "akteursmodell maintainers"
GEOCODING = "http://dcat-ap.de/def/politicalGeocoding/"
EU = "http://publications.europa.eu/resource/authority/"
IANA = "https://www.iana.org/assignments/media-types/"
TITLE = Text(
    "Akteursmodell: Wissensgraph der Sozialplanung in Viersen",
    "Akteursmodell: knowledge graph of social planning in Viersen",
)
DESCRIPTION = Text(
    "Wer in der integrierten und kooperativen Sozialplanung von Kreis und Stadt Viersen was tut, "
    "mit wem, wo, seit wann und aufgrund wovon; jede Angabe mit Beleg, jede Lücke benannt.",
    "Who does what in the integrated and cooperative social planning of the county and the town of "
    "Viersen, with whom, where, since when and on what basis; each fact with its evidence, each "
    "gap named.",
)
KEYWORDS = (
    Text("Sozialplanung", "social planning"),
    Text("lokale Governance", "local governance"),
    Text("Quartiersarbeit", "neighbourhood work"),
    Text("Viersen", "Viersen"),
)
KEYS = """
SELECT DISTINCT ?key WHERE {
  ?identifier akm:identifierScheme akm:scheme-ags ;
    akm:identifierValue ?key ;
    akm:evidence/akm:evidenceStatus ?status .
  FILTER(?status NOT IN (akm:evidence-interpreted, akm:evidence-illustrative))
} ORDER BY ?key
"""
YEARS = """
SELECT (MIN(?day) AS ?first) (MAX(?day) AS ?last) WHERE {
  ?fact akm:validFrom|akm:startNotAfter|akm:lastAttestedOn|akm:observedOn ?day
}
"""
USED = f"""
SELECT DISTINCT ?term WHERE {{
  {{ SELECT DISTINCT (?p AS ?term) WHERE {{ ?s ?p ?o FILTER(?p != <{SYSTEM_GRAPH}/revision>) }} }}
  UNION {{ ?s a ?term FILTER(isIRI(?term)) }}
}}
"""
RELEASE = """
SELECT ?version ?issued WHERE {
  akm:akteursmodell owl:versionInfo ?version ; dcterms:issued ?issued
}
"""
EXAMPLES = """
SELECT (MIN(?thing) AS ?example) WHERE {
  VALUES ?kind { akm:Site akm:Task akm:DocumentedActor akm:Agreement }
  ?thing a/rdfs:subClassOf* ?kind
} GROUP BY ?kind ORDER BY ?kind
"""
# Levels of DCAT-AP.de by the number of digits of the official key.
LEVELS = {5: ("districtKey/", "administrativeDistrict"), 8: ("municipalityKey/", "municipality")}


@dataclass(frozen=True)
class Dump:
    """A download of the whole dataset: its address, its media type, and the EU's name of it."""

    address: str
    media_type: str
    file_type: str


def dumps_by_query(endpoint: str) -> tuple[Dump, ...]:
    """Return downloads that need nothing but the endpoint: a query for all statements."""
    forms = {
        "turtle": ("text/turtle", "RDF_TURTLE"),
        "ntriples": ("application/n-triples", "RDF_N_TRIPLES"),
        "jsonld": ("application/ld+json", "JSON_LD"),
    }
    everything = "CONSTRUCT WHERE { ?s ?p ?o }"
    return tuple(
        Dump(f"{endpoint}?{urlencode({'query': everything, 'format': name}, quote_via=quote)}", *of)
        for name, of in forms.items()
    )


class Description:
    """Statements about one node after another."""

    def __init__(self) -> None:
        """Begin empty."""
        self.triples: list[Triple] = []

    def link(self, subject: str, predicate: str, *targets: str) -> None:
        """State that a property, written `prefix:name`, leads to addresses."""
        for target in targets:
            self.add(subject, predicate, NamedNode(target))

    def kind(self, subject: str, *classes: str) -> None:
        """State of which kinds something is, written `prefix:name`."""
        for name in classes:
            self.triples.append(Triple(NamedNode(subject), TYPE, NamedNode(term(name))))

    def say(self, subject: str, predicates: str, *texts: Text) -> None:
        """State a text in both languages, by one property or several."""
        for predicate in predicates.split():
            for words in texts:
                self.add(subject, predicate, Literal(words.de, language="de"))
                self.add(subject, predicate, Literal(words.en, language="en"))

    def value(self, subject: str, predicates: str, value: str, datatype: str = "string") -> None:
        """State a value, by one property or several."""
        for predicate in predicates.split():
            literal = Literal(value, datatype=NamedNode(PREFIXES["xsd"] + datatype))
            self.add(subject, predicate, literal)

    def add(self, subject: str, predicate: str, value: NamedNode | Literal) -> None:
        """State one thing."""
        self.triples.append(Triple(NamedNode(subject), NamedNode(term(predicate)), value))


def term(name: str) -> str:
    """Return the IRI behind `prefix:name` of a known prefix."""
    iri = expand(name)
    if iri is None:
        raise KeyError(name)
    return iri


def describe(
    source: Queryable,
    address: str,
    settings: Settings,
    dumps: Iterable[Dump] | None = None,
    *,
    partitioned: bool = True,
) -> list[Triple]:
    """Return the description of what a service at an address holds.

    Without `dumps` the downloads are those that the endpoint itself can give; `partitioned` adds
    the partitions by class and property, which takes most of the time.
    """
    address = address.rstrip("/")
    document, endpoint = f"{address}/.well-known/void", f"{address}/sparql"
    dataset = f"{document}#dataset"
    made = Description()
    made.kind(document, "void:DatasetDescription")
    made.link(document, "foaf:primaryTopic", dataset)
    made.kind(dataset, "void:Dataset", "dcat:Dataset", "schema:Dataset")
    name(made, dataset, address)
    people(made, dataset, settings)
    release(made, source, dataset)
    coverage(made, source, dataset)
    access(made, dataset, endpoint, dumps_by_query(endpoint) if dumps is None else dumps)
    node_of = NamedNode(dataset)
    made.triples += totals(source, node_of)
    if partitioned:
        made.triples += partitions(source, node_of)
    vocabularies(made, source, dataset)
    for row in rows(source, EXAMPLES):
        example = node(row, "example")
        if example is not None:
            made.link(dataset, "void:exampleResource", example.value)
    return by_node(made.triples)


def by_node(triples: list[Triple]) -> list[Triple]:
    """Return the statements by node and property, each once: a JSON-LD writer needs them so."""
    nodes: dict[object, dict[object, list[Triple]]] = {}
    for triple in dict.fromkeys(triples):
        nodes.setdefault(triple.subject, {}).setdefault(triple.predicate, []).append(triple)
    return [triple for node in nodes.values() for group in node.values() for triple in group]


def name(made: Description, dataset: str, address: str) -> None:
    """State what the dataset is called and about, in which languages, and under which licence."""
    made.say(dataset, "dcterms:title schema:name", TITLE)
    made.say(dataset, "dcterms:description schema:description", DESCRIPTION)
    made.say(dataset, "dcat:keyword schema:keywords", *KEYWORDS)
    made.link(dataset, "dcat:theme", EU + "data-theme/GOVE", EU + "data-theme/SOCI")
    made.link(dataset, "dcterms:language", EU + "language/DEU", EU + "language/ENG")
    made.link(dataset, "dcterms:accrualPeriodicity", EU + "frequency/IRREG")
    for predicate in ("dcterms:license", "schema:license"):
        made.link(dataset, predicate, LICENCE)
    for predicate in ("dcat:landingPage", "foaf:homepage", "schema:url"):
        made.link(dataset, predicate, address + "/")
    for language in ("de", "en"):
        made.value(dataset, "schema:inLanguage", language)
    made.value(dataset, "schema:isAccessibleForFree", "true", "boolean")
    made.value(dataset, "void:uriSpace", ID)


def people(made: Description, dataset: str, settings: Settings) -> None:
    """State who made the data, who runs the service, and whom to write to."""
    publisher, creator = f"{dataset}-publisher", f"{dataset}-creator"
    for agent, called in ((publisher, settings.operator or MAINTAINERS), (creator, MAINTAINERS)):
        made.kind(agent, "foaf:Agent", "schema:Organization")
        made.value(agent, "foaf:name schema:name", called)
    for predicate in ("dcterms:publisher", "schema:publisher"):
        made.link(dataset, predicate, publisher)
    for predicate in ("dcterms:creator", "schema:creator"):
        made.link(dataset, predicate, creator)
    contact = settings.contact.strip()
    if not contact:
        return
    point = f"{dataset}-contact"
    made.link(dataset, "dcat:contactPoint", point)
    made.kind(point, "vcard:Kind")
    made.value(point, "vcard:fn", settings.operator or MAINTAINERS)
    if contact.startswith(("http://", "https://")):
        made.link(point, "vcard:hasURL", quote(contact, safe=":/?#[]@!$&'()*+,;=%~"))
    else:
        made.link(
            point, "vcard:hasEmail", "mailto:" + quote(contact.removeprefix("mailto:"), safe="@")
        )


def release(made: Description, source: Queryable, dataset: str) -> None:
    """State version and day of the release, as the ontology says."""
    for row in rows(source, RELEASE):
        made.value(dataset, "owl:versionInfo dcat:version schema:version", text(row, "version"))
        made.value(dataset, "dcterms:issued schema:datePublished", text(row, "issued"), "date")


def coverage(made: Description, source: Queryable, dataset: str) -> None:
    """State which places and which years the facts are about."""
    for row in rows(source, KEYS):
        key = text(row, "key")
        if len(key) not in LEVELS:
            continue
        path, level = LEVELS[len(key)]
        made.link(dataset, "dcatde:politicalGeocodingURI", GEOCODING + path + key)
        made.link(dataset, "dcatde:politicalGeocodingLevelURI", f"{GEOCODING}Level/{level}")
        made.link(dataset, "dcterms:spatial", GEOCODING + path + key)
        made.link(dataset, "schema:spatialCoverage", GEOCODING + path + key)
        made.kind(GEOCODING + path + key, "dcterms:Location", "schema:Place")
    (row,) = rows(source, YEARS)
    first, last = text(row, "first")[:4], text(row, "last")[:4]
    if first:
        period = f"{dataset}-period"
        made.link(dataset, "dcterms:temporal", period)
        made.kind(period, "dcterms:PeriodOfTime")
        made.value(period, "dcat:startDate", first, "gYear")
        made.value(period, "dcat:endDate", last, "gYear")
        made.value(dataset, "schema:temporalCoverage", f"{first}/{last}")


def access(made: Description, dataset: str, endpoint: str, dumps: Iterable[Dump]) -> None:
    """State how to ask the dataset and how to take it away."""
    service = f"{dataset}-service"
    made.link(dataset, "void:sparqlEndpoint", endpoint)
    made.kind(service, "dcat:DataService")
    made.link(service, "dcat:endpointURL", endpoint)
    made.link(service, "dcat:servesDataset", dataset)
    made.say(service, "dcterms:title", Text("SPARQL-Endpunkt", "SPARQL endpoint"))
    for number, dump in enumerate(dumps, 1):
        download = f"{dataset}-download-{number}"
        made.link(dataset, "void:dataDump", dump.address)
        for predicate in ("dcat:distribution", "schema:distribution"):
            made.link(dataset, predicate, download)
        made.kind(download, "dcat:Distribution", "schema:DataDownload")
        for predicate in ("dcat:accessURL", "dcat:downloadURL", "schema:contentUrl"):
            made.link(download, predicate, dump.address)
        made.link(download, "dcat:mediaType", IANA + dump.media_type)
        made.link(download, "dcterms:format", EU + "file-type/" + dump.file_type)
        made.link(download, "dcterms:license", GERMAN_LICENCE)
        made.value(download, "dcatde:licenseAttributionByText", ATTRIBUTION)
        made.value(download, "schema:encodingFormat", dump.media_type)
        made.link(download, "dcat:accessService", service)


def vocabularies(made: Description, source: Queryable, dataset: str) -> None:
    """State which known vocabularies the classes and properties come from."""
    used = {text(row, "term") for row in rows(source, USED)}
    spaces = sorted(s for s in PREFIXES.values() if any(iri.startswith(s) for iri in used))
    made.link(dataset, "void:vocabulary", *spaces)


def is_statistic(statement: Triple) -> bool:
    """Whether a statement belongs to the partitions of the dataset by class and property."""
    of_part = "#dataset-class-" in str(statement.subject)
    of_part = of_part or "#dataset-property-" in str(statement.subject)
    return of_part or statement.predicate.value.endswith("Partition")

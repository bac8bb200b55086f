"""What the clients ask, and the exact answers of the shipped data."""

AKM = "https://w3id.org/akteursmodell/ontology/"
STATEMENTS = "https://w3id.org/akteursmodell/data/viersen/statements"
SKOS = "http://www.w3.org/2004/02/skos/core#"

SECTORS = f"SELECT ?s ?n {{ ?s a <{AKM}Sector> ; <{AKM}position> ?n }} ORDER BY ?n"
ROWS = [
    (AKM + "sector-county", "1"),
    (AKM + "sector-town", "2"),
    (AKM + "sector-providers", "3"),
    (AKM + "sector-housing", "4"),
    (AKM + "sector-groups", "5"),
    (AKM + "sector-citizens", "6"),
]
ASK_YES = f"ASK {{ <{AKM}sector-town> a <{AKM}Sector> }}"
ASK_NO = f"ASK {{ <{AKM}sector-town> a <{AKM}Level> }}"
CONSTRUCT = f"CONSTRUCT {{ ?s <urn:next> ?n }} WHERE {{ ?s a <{AKM}Sector> ; <{AKM}position> ?n }}"
DESCRIBE = f"DESCRIBE <{AKM}sector-town>"
BROKEN = "SELECT * WHERE { ?s ?p }"
STATEMENT_COUNT = f"SELECT (COUNT(*) AS ?n) {{ ?x a <{AKM}Statement> }}"
# 64 million rows: some seconds of work, and then an end.
DIGITS = " ".join(map(str, range(20)))
SLOW = f"SELECT (COUNT(*) AS ?n) {{ {' '.join(f'VALUES ?v{n} {{ {DIGITS} }}' for n in range(6))} }}"

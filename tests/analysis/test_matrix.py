"""The matrix of a small graph: what stands where, and who is tied to whom."""

from datetime import date

import pytest
from tests.graphs import graph

from akteursmodell.analysis.matrix import Matrix, arrange, ground, matrix
from akteursmodell.analysis.relations import Relation
from akteursmodell.analysis.selection import Selection, kept
from akteursmodell.analysis.table import table
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.vocabulary import ID, akm

TODAY = date(2026, 11, 23)
AXES = """
akm:sector-town a akm:Sector ; akm:position 2 ; skos:prefLabel "Stadt"@de , "town"@en .
akm:sector-providers a akm:Sector ; akm:position 3 ; skos:prefLabel "Freie Träger"@de .
akm:level-politics a akm:Level ; akm:position 1 ; skos:prefLabel "politische Leitung"@de .
akm:level-contact a akm:Level ; akm:position 5 ; skos:prefLabel "Anlaufstelle"@de .
akm:role-operator skos:prefLabel "betreibt"@de .
akm:HousingCompany rdfs:subClassOf akm:Organisation .
akm:NonStatutoryProvider rdfs:subClassOf akm:Organisation .
"""


def placed(actor: str, sector: str, level: str = "", status: str = "certain") -> str:
    at_level = f"akm:atLevel akm:level-{level} ;" if level else ""
    return f"""
    id:placement-{actor}-{sector} a akm:Placement ; akm:placedActor id:{actor} ;
        akm:inSector akm:sector-{sector} ; {at_level}
        akm:placementStatus akm:placement-{status} .
    """


ACTORS = f"""
id:slot-1 a akm:TemplateActor , akm:OrganisationalUnit ; skos:prefLabel "Dezernat 1 (Stadt)"@de ;
    skos:altLabel "Dezernat 1"@de ; akm:slotNumber "1" ; akm:unitKind akm:unit-directorate .
id:slot-2 a akm:TemplateActor , akm:OrganisationalUnit ; skos:prefLabel "Dezernat 2 (Stadt)"@de ;
    skos:altLabel "Dezernat 2"@de ; akm:slotNumber "2" ; akm:unitKind akm:unit-directorate .
id:slot-3 a akm:TemplateActor , akm:Post ; skos:prefLabel "Stelle"@de .
id:org-stadt a akm:DocumentedActor , akm:Municipality ; skos:prefLabel "Stadt"@de .
id:org-verein a akm:DocumentedActor , akm:NonStatutoryProvider ; skos:altLabel "V. e. V."@de ;
    skos:prefLabel "Verein mit einem wirklich sehr langen Namen e. V."@de .
id:unit-amt a akm:DocumentedActor , akm:OrganisationalUnit ; skos:prefLabel "Amt"@de .
id:belonging-amt a akm:Belonging ; akm:part id:unit-amt ; akm:whole id:org-stadt .
id:org-fremd a akm:DocumentedActor , akm:Organisation ; skos:prefLabel "Fremde Stelle"@de .
{placed("slot-1", "town", "politics")} {placed("slot-2", "town", "politics")}
{placed("slot-3", "town", "contact", "preferred")}
{placed("slot-3", "providers", "contact", "alternative")}
{placed("org-stadt", "town")} {placed("org-verein", "providers")}
"""
TIES = """
id:cooperation-a a akm:Cooperation ; skos:prefLabel "A"@de ; akm:endState akm:end-open ;
    akm:validFrom "2020-01-01"^^xsd:date ; akm:atSite id:site-treff .
id:partnership-1 a akm:Partnership ; akm:inCooperation id:cooperation-a ;
    akm:partner id:org-verein ; akm:partnerRole akm:role-operator .
id:partnership-2 a akm:Partnership ; akm:inCooperation id:cooperation-a ; akm:partner id:unit-amt .
id:partnership-3 a akm:Partnership ; akm:inCooperation id:cooperation-a ; akm:partner id:org-fremd ;
    akm:validUntil "2021-01-01"^^xsd:date .
id:agreement-b a akm:Agreement ; skos:prefLabel "B"@de ; akm:principal id:org-stadt ;
    akm:agreementKind akm:agreement-grant .
id:gap-b a akm:KnowledgeGap ; akm:about id:agreement-b ; akm:missingProperty akm:agent .
id:agreement-c a akm:Agreement ; skos:prefLabel "C"@de ; akm:principal id:org-stadt .
id:agreement-d a akm:Agreement ; skos:prefLabel "A: beendet"@de ; akm:principal id:org-stadt ;
    akm:validUntil "2020-01-01"^^xsd:date .
id:responsibility-e a akm:Responsibility ; skos:prefLabel "E"@de ; akm:legalBasis id:law-1 ;
    akm:responsibilityKind akm:responsibility-involvement ; akm:bearer id:org-verein ;
    akm:toward id:org-stadt .
akm:responsibility-involvement skos:prefLabel "ist einzubeziehen"@de .
id:law-1 skos:prefLabel "§ 1 X: Titel"@de ; akm:citation "§ 1 X" .
id:responsibility-f a akm:Responsibility ; skos:prefLabel "F"@de ; akm:bearer id:org-verein ;
    akm:responsibilityKind akm:responsibility-involvement .
id:cooperation-a akm:evidence id:ev-1 .
id:agreement-b akm:evidence id:ev-1 .
id:agreement-c akm:evidence id:ev-1 .
id:agreement-d akm:evidence id:ev-1 .
id:responsibility-e akm:evidence id:ev-1 .
id:belonging-amt akm:evidence id:ev-1 .
id:ev-1 akm:evidenceStatus akm:evidence-external .
id:site-treff a akm:ContactPoint ; skos:prefLabel "Treff"@de .
id:operation-1 a akm:SiteOperation ; akm:operatedSite id:site-treff ; akm:operator id:org-verein .
id:operation-2 a akm:SiteOperation ; akm:operatedSite id:site-treff ; akm:operator id:org-stadt ;
    akm:validUntil "2020-01-01"^^xsd:date .
id:perspective-x a akm:Perspective ; skos:prefLabel "X"@de .
id:reading-x a akm:PerspectiveReading ; akm:readingOf id:perspective-x ;
    akm:looksAtSector akm:sector-town ; akm:looksAtLevel akm:level-politics .
"""


@pytest.fixture
def found(store: EmbeddedStore) -> Matrix:
    graph(store, AXES + ACTORS + TIES)
    return matrix(store, "de", TODAY, "x")


def relation(found: Matrix, name: str) -> Relation:
    every = [each for band in found.bands.values() for each in band]
    return next(each for each in every if each.iri == ID + name)


def texts(found: Matrix, row: int, column: int) -> list[str]:
    return [chip.text for chip in found.rows[row].cells[column].chips]


def test_axes_stand_in_their_order(found: Matrix) -> None:
    assert [sector.label for sector in found.sectors] == ["Stadt", "Freie Träger"]
    assert [row.level.label for row in found.rows] == ["Politische Leitung", "Anlaufstelle"]


def test_numbered_slots_share_a_chip(found: Matrix) -> None:
    (chip,) = found.rows[0].cells[0].chips
    assert chip.text == "Dezernat"
    assert [(m.text, m.label) for m in chip.members] == [("1", "Dezernat 1"), ("2", "Dezernat 2")]
    assert found.rows[0].cells[0].count == 2
    assert not chip.documented


def test_an_ambiguous_slot_stands_twice_and_counts_once(found: Matrix) -> None:
    preferred, other = found.rows[1].cells[0].chips[0], found.rows[1].cells[1].chips[0]
    assert (preferred.reading, other.reading) == ("preferred", "other")
    assert preferred.placement != other.placement
    assert found.rows[1].cells[0].look == "ambiguous"
    assert found.templates == 3


def test_without_a_level_an_organisation_stands_above_the_levels(found: Matrix) -> None:
    assert [chip.text for chip in found.organisations[0].chips] == ["Stadt"]
    assert [chip.text for chip in found.organisations[1].chips] == ["V. e. V."]
    assert "V. e. V." not in texts(found, 1, 1)


def test_a_contact_point_stands_with_those_who_run_it_now(found: Matrix) -> None:
    assert "Treff" in texts(found, 1, 1)
    assert "Treff" not in texts(found, 1, 0)


def test_a_cooperation_has_each_partner_in_its_sector_and_the_rest_elsewhere(found: Matrix) -> None:
    tie = relation(found, "cooperation-a")
    (provider,) = tie.in_sector(akm("sector-providers"))
    assert (provider.name, provider.roles) == ("V. e. V.", ("betreibt",))
    (unit,) = tie.in_sector(akm("sector-town"))
    assert unit.name == "Amt"
    (other,) = tie.elsewhere
    assert other.name == "Fremde Stelle"
    assert other.ended
    assert not provider.ended
    assert tie.state == "valid"


def test_only_a_gap_makes_an_open_end(found: Matrix) -> None:
    (open_end,) = relation(found, "agreement-b").elsewhere
    assert open_end.is_open
    assert open_end.roles == ("führt im Auftrag durch",)
    (principal,) = relation(found, "agreement-b").in_sector(akm("sector-town"))
    assert principal.roles == ("bewilligt",)
    assert not relation(found, "agreement-c").elsewhere


def test_law_needs_a_norm(found: Matrix) -> None:
    (law,) = found.bands["law"]
    assert law.anchor == "responsibility-e"
    assert [base.text for base in law.bases] == ["§ 1 X"]
    assert law.in_sector(akm("sector-providers"))[0].roles == ("ist einzubeziehen",)
    assert law.in_sector(akm("sector-town"))[0].roles == ("bezieht ein",)


def test_relations_are_numbered_by_kind_and_name_the_ended_ones_last(found: Matrix) -> None:
    every = [each for band in found.bands.values() for each in band]
    assert [each.number for each in every] == [1, 2, 3, 4, 5]
    assert [each.name for each in found.bands["contract"]] == ["B", "C", "A: beendet"]
    assert found.bands["contract"][-1].state == "ended"
    assert found.relations == 5


def test_chips_carry_the_relations_in_which_they_take_part(found: Matrix) -> None:
    (provider,) = found.organisations[1].chips
    assert [tie.anchor for tie in provider.relations] == ["responsibility-e", "cooperation-a"]
    treff = next(chip for chip in found.rows[1].cells[1].chips if chip.glyph == "site")
    assert [tie.anchor for tie in treff.relations] == ["cooperation-a"]


def test_a_perspective_tints_its_rectangle_only(found: Matrix) -> None:
    assert found.perspective is not None
    assert [[cell.tint for cell in row.cells] for row in found.rows] == [[1, 0], [0, 0]]


def test_a_relation_that_loses_its_partner_loses_the_pill(store: EmbeddedStore) -> None:
    graph(
        store, AXES + ACTORS + TIES.replace("akm:partner id:unit-amt", "akm:atSite id:site-treff")
    )
    tie = relation(matrix(store, "de", TODAY), "cooperation-a")
    assert not [pill for pill in tie.pills if pill.name == "Amt"]


def test_a_selection_shows_its_relations_only_numbered_anew(store: EmbeddedStore) -> None:
    graph(store, AXES + ACTORS + TIES)
    view = matrix(store, "de", TODAY, "x", {ID + "belonging-amt", ID + "agreement-d"})
    assert [(r.number, r.anchor) for band in view.bands.values() for r in band] == [
        (1, "agreement-d"),
        (2, "belonging-amt"),
    ]
    (belonging,) = view.bands["belonging"]
    assert [(p.name, p.roles) for p in belonging.pills] == [
        ("Amt", ("gehört dazu",)),
        ("Stadt", ("umfasst",)),
    ]
    assert not matrix(store, "de", TODAY).bands["belonging"]


def test_without_its_evidence_a_relation_has_neither_row_nor_line(store: EmbeddedStore) -> None:
    graph(store, AXES + ACTORS + TIES.replace("id:cooperation-a akm:evidence id:ev-1 .", ""))
    found = matrix(store, "de", TODAY)
    laid = table(found, Selection(TODAY))
    assert "cooperation-a" not in laid.rows
    assert "responsibility-e" in laid.rows
    assert {trunk.relation.anchor for trunk in laid.course.trunks} == {
        "responsibility-e",
        "agreement-b",
        "agreement-c",
    }
    treff = next(chip for chip in found.rows[1].cells[1].chips if chip.glyph == "site")
    assert not treff.relations


def test_a_new_relation_without_a_level_has_its_partner_in_organisations_and_nowhere_else(
    store: EmbeddedStore,
) -> None:
    graph(
        store,
        AXES
        + ACTORS
        + TIES
        + placed("org-neu", "providers")
        + """
        id:org-neu a akm:DocumentedActor , akm:NonStatutoryProvider ; skos:prefLabel "Neu"@de .
        id:agreement-neu a akm:Agreement ; skos:prefLabel "Neu"@de ; akm:evidence id:ev-1 ;
            akm:principal id:org-neu .
        """,
    )
    found = matrix(store, "de", TODAY)
    assert "agreement-neu" in table(found, Selection(TODAY)).rows
    cells = [("organisations", cell) for cell in found.organisations]
    cells += [(row.level.name, cell) for row in found.rows for cell in row.cells]
    stands = [
        (name, cell.sector.name)
        for name, cell in cells
        for chip in cell.chips
        if chip.iri == ID + "org-neu"
    ]
    assert stands == [("organisations", "providers")]


def test_rows_as_drawn_keep_slots_where_the_slide_has_them(store: EmbeddedStore) -> None:
    graph(
        store,
        AXES
        + ACTORS
        + TIES
        + """
        id:placement-slot-1-town akm:drawnRow 2 . id:placement-slot-2-town akm:drawnRow 2 .
        id:placement-slot-3-town akm:drawnRow 6 . id:placement-slot-3-providers akm:drawnRow 6 .
        """,
    )
    by_level = matrix(store, "de", TODAY)
    view = Selection(TODAY, "x", as_drawn=True)
    base = ground(store, "de", TODAY)
    found = arrange(base, view, kept(base.relations, view, base.facets, None))
    assert [(row.level.name, row.level.label) for row in found.rows] == [
        ("row-2", "Politische Leitung"),
        ("row-6", "Anlaufstelle"),
    ]
    assert [[cell.tint for cell in row.cells] for row in found.rows] == [[1, 0], [0, 0]]
    # The contact point is on no slide; it stands with the slots of its level.
    assert "Treff" in texts(found, 1, 1)
    assert sum(cell.count for row in found.rows for cell in row.cells) == sum(
        cell.count for row in by_level.rows for cell in row.cells
    )

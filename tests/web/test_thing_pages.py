"""Every entry of the shipped data as a page: sentences, names, and pictures equal to lists."""

import json
import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient
from tests.graphs import graph

from akteursmodell.analysis.fan import MOST, WIDER, short
from akteursmodell.analysis.patterns import Part, Slot, Token, patterns, tokens
from akteursmodell.analysis.pieces import plain
from akteursmodell.analysis.sentences import sentences_of
from akteursmodell.analysis.things import Thing, describe
from akteursmodell.analysis.widths import wide
from akteursmodell.errors import Lang
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import TYPE, NamedNode
from akteursmodell.vocabulary import BASE, ID, akm

TODAY = date(2026, 11, 25)
LANGS: tuple[Lang, Lang] = ("de", "en")


class Read(HTMLParser):
    """What a reader of a page sees: text, sentences, and what pictures and lists hold."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.inside: list[tuple[str, str]] = []
        self.text: list[str] = []
        self.sentences = 0
        self.picture: list[str] = []
        self.listed: list[str] = []
        self.cells: list[str] = []
        self.places: list[str] = []
        self.names: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in ("meta", "link", "input", "br"):
            return
        within = [css for _, css in self.inside]
        self.sentences += tag == "li" and "told" in within
        if "data-node" in given:
            (self.picture if tag == "g" else self.listed).append(given["data-node"])
        if "data-cell" in given:
            self.cells.append(given["data-cell"])
        elif tag == "a" and given.get("href", "").startswith("/matrix#"):
            self.places.append(given["href"].removeprefix("/matrix#"))
        if tag == "a":
            self.names.append((given.get("href", ""), ""))
        self.inside.append((tag, given.get("class", "")))

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self.inside]
        if "main" in tags and "code" not in tags:
            self.text.append(data)
            if "a" in tags and self.names:
                href, name = self.names[-1]
                self.names[-1] = (href, name + data)


def things(store: EmbeddedStore) -> list[NamedNode]:
    """Return every entry of the data."""
    found = {q.subject for q in store.quads() if isinstance(q.subject, NamedNode)}
    return sorted((t for t in found if t.value.startswith(ID)), key=str)


def described(store: EmbeddedStore, thing: NamedNode, lang: Lang = "de") -> Thing:
    found = describe(store, thing.value, lang, TODAY)
    assert found is not None
    return found


def told(store: EmbeddedStore, name: str, lang: Lang = "de") -> list[str]:
    return [plain(each) for each in described(store, NamedNode(ID + name), lang).ties.sentences]


def test_every_page_has_a_sentence_names_for_addresses_and_pictures_equal_to_lists(
    client: FlaskClient, shipped: EmbeddedStore
) -> None:
    every = things(shipped)
    assert len(every) > 1000
    pictures = matrices = 0
    for thing in every:
        name = thing.value.removeprefix(ID)
        answer = client.get(f"/doc/{name}")
        assert answer.status_code == 200, name
        page = Read(answer.text)
        assert page.sentences >= 1, name
        assert BASE not in "".join(page.text), name
        raw = [n for href, n in page.names if href.startswith("/doc/") and href[5:] == n.strip()]
        assert raw == [], name
        assert page.picture[::-1] == page.listed[:MOST], name
        assert set(page.cells) == set(page.places), name
        pictures += bool(page.picture)
        matrices += bool(page.cells)
    assert pictures > 500
    assert matrices > 200


@pytest.mark.parametrize("lang", LANGS)
def test_every_kind_of_entry_has_sentences_of_its_own_in_whole(
    shipped: EmbeddedStore, lang: Lang
) -> None:
    for thing, sentences in sentences_of(shipped, things(shipped), lang).items():
        for each in sentences:
            text = plain(each.pieces)
            assert not text.startswith(("Hier eingetragen", "Recorded here")), thing
            assert re.search(r"\.[“”]?$", text), text
            assert not re.search(r"[{}<|]|\[(?!…\])|\.\.|  | ,|,,|; ?\.|: ?\.|“\.”", text), text


def test_every_neighbour_is_stated_by_the_entry_that_is_named_for_it(
    shipped: EmbeddedStore,
) -> None:
    linked = {
        (quad.subject, quad.object)
        for quad in shipped.quads()
        if isinstance(quad.object, NamedNode)
    }

    def touch(one: NamedNode, other: NamedNode) -> bool:
        return (one, other) in linked or (other, one) in linked

    count = 0
    for thing in things(shipped):
        for near in described(shipped, thing).ties.neighbours:
            other = NamedNode(near.name.iri)
            if not near.facts:
                assert touch(thing, other), (thing, other)
            for fact in near.facts:
                assert touch(thing, NamedNode(fact.iri)), (thing, fact)
                assert touch(NamedNode(fact.iri), other), (fact, other)
            count += 1
    assert count > 2000


def test_every_relation_is_told_with_its_evidence(shipped: EmbeddedStore) -> None:
    qualified = NamedNode(akm("QualifiedRelation"))
    for thing in things(shipped):
        for (_, entry), each in described(shipped, thing).ties.told.items():
            if any(shipped.quads(subject=NamedNode(entry), predicate=TYPE, object=qualified)):
                assert each.evidence, entry


def named(parts: tuple[Token, ...]) -> Iterator[NamedNode]:
    """Yield the properties of a pattern."""
    for part in parts:
        if isinstance(part, Part):
            yield from named(part.tokens)
        if isinstance(part, Slot):
            yield from (predicate for steps in part.paths for predicate, _ in steps)


def test_the_patterns_speak_of_terms_that_exist_and_say_the_same_in_both_languages(
    shipped: EmbeddedStore,
) -> None:
    assert len(patterns()) > 80
    for each in patterns():
        used = {lang: sorted(set(map(str, named(each.tokens[lang])))) for lang in LANGS}
        assert used["de"] == used["en"], each
        conditions = [predicate for steps, _ in each.only for predicate, _ in steps]
        conditions += [predicate for steps in each.without for predicate, _ in steps]
        for term in (each.cls, *named(each.tokens["de"]), *conditions):
            if term.value.startswith(akm("")):
                assert any(shipped.quads(subject=term)), term


@pytest.mark.parametrize("broken", ["[{a}", "{a}]", "<a", "a>b", "{a"])
def test_a_pattern_whose_brackets_do_not_match_is_refused(broken: str) -> None:
    with pytest.raises(ValueError, match=re.escape(broken)):
        tokens(broken)


def test_a_relation_is_told_through_to_its_other_parties(client: FlaskClient) -> None:
    html = client.get("/doc/org-asb-gemeinsam").text
    row = html.partition('„<a href="/doc/cooperation-dueno">')[2].partition("</li>")[0]
    assert '<a href="/doc/org-vab">' in row
    assert '<a href="/doc/org-town-viersen">' in row
    assert "zuletzt belegt 2015" in row
    assert "aus anderer Quelle" in row
    assert 'href="/network?um=org-asb-gemeinsam"' in html


def test_a_source_tells_what_each_piece_of_evidence_from_it_supports(client: FlaskClient) -> None:
    html = client.get("/doc/source-rp-alte-sparkasse").text
    row = html.partition('id="around"')[0].partition("Dieser Beleg stammt aus")[2]
    assert "Er trägt: " in row.partition("</li>")[0]


def test_a_value_that_the_sentence_tells_is_not_told_again(client: FlaskClient) -> None:
    html = client.get("/doc/org-gwg?lang=en").text
    row = html.partition(">dwellings</a>")[2].partition("</li>")[0]
    assert row.count("Wohnungen") == 1


def test_the_page_of_a_relation_shows_where_its_parties_stand(client: FlaskClient) -> None:
    html = client.get("/doc/cooperation-kombi-hilfe?lang=en").text
    assert set(Read(html).cells) == {"org-providers", "org-town", "org-housing"}


SMALL = """
id:org-a a akm:Organisation ; skos:prefLabel "Amt A"@de , "Office A"@en .
id:org-b a akm:Organisation ; skos:prefLabel "Verein B e. V."@de , "Club B"@en .
id:group a akm:ActorGroup ; skos:prefLabel "Alle Vereine"@de , "All clubs"@en .
id:site a akm:ContactPoint ; skos:prefLabel "Treff"@de , "Meeting point"@en .
id:run-1 a akm:SiteOperation ; akm:operator id:org-a ; akm:operatedSite id:site .
id:run-2 a akm:SiteOperation ; akm:operator id:org-a , id:org-b ; akm:operatedSite id:site ;
    akm:validUntil "2020-01-01"^^xsd:date .
id:run-3 a akm:SiteOperation ; akm:operator id:group ; akm:operatedSite id:site .
id:run-4 a akm:SiteOperation ; akm:operatedSite id:site .
id:belonging a akm:Belonging ; akm:part id:org-a ; akm:whole id:org-b .
id:strange a <http://example.org/Thing> ; skos:prefLabel "Ding"@de .
"""


@pytest.mark.parametrize(
    ("name", "de", "en"),
    [
        (
            "run-1",
            "Amt A betreibt den Standort „Treff“.",
            "Office A runs the site “Meeting point”.",
        ),
        (
            "run-2",
            "Amt A und Verein B e. V. betrieben den Standort „Treff“.",
            "Office A and Club B ran the site “Meeting point”.",
        ),
        (
            "run-3",
            "Alle Vereine betreiben den Standort „Treff“.",
            "All clubs run the site “Meeting point”.",
        ),
        (
            "run-4",
            "Der Standort „Treff“ wird betrieben; durch wen, ist nicht belegt.",
            "The site “Meeting point” is run; by whom is not documented.",
        ),
        ("belonging", "Amt A gehört zu: Verein B e. V.", "Office A belongs to: Club B."),
        ("strange", "Hier eingetragen als: Thing.", "Recorded here as: Thing."),
    ],
)
def test_number_time_and_what_is_not_known_are_told_in_both_languages(
    store: EmbeddedStore, name: str, de: str, en: str
) -> None:
    graph(store, SMALL)
    assert told(store, name) == [de]
    assert told(store, name, "en") == [en]


def test_the_json_has_the_sentences_and_the_neighbours(client: FlaskClient) -> None:
    found = json.loads(client.get("/doc/stake-town-vab.json?lang=en").data)
    assert found["sentences"] == [
        "Town of Viersen holds a stake of 100 per cent in: "
        "Viersener Aktien-Baugesellschaft AG (VAB, housing company)."
    ]
    assert {each["iri"] for each in found["neighbours"]} == {
        ID + "org-town-viersen",
        ID + "org-vab",
    }


def test_every_format_of_a_page_is_offered_and_answers(client: FlaskClient) -> None:
    head = client.get("/doc/org-vab").headers["Link"]
    offered = re.findall(r'<([^>]+)>; rel="alternate"; type="([^"]+)"', head)
    assert [path.rpartition(".")[2] for path, _ in offered] == [
        "ttl",
        "jsonld",
        "rdf",
        "nt",
        "json",
    ]
    for path, kind in offered:
        assert client.get(path).mimetype == kind
        assert client.get("/doc/org-vab", headers={"Accept": kind}).data == client.get(path).data


def test_the_parts_of_a_cooperation_do_not_repeat_its_partners(client: FlaskClient) -> None:
    own = client.get("/doc/cooperation-rahser-treff").text
    assert own.count("wirkt mit bei") == 7
    assert "weitere Partner" not in own
    assert "weitere Partner" in client.get("/doc/org-vab").text


def test_a_name_in_the_picture_ends_before_its_edge() -> None:
    assert short("DülkenBüro", 294, 14) == "DülkenBüro"
    for name in ("Kommunale Gesundheitsberichterstattung", "W" * 80, "i" * 200):
        cut = short(name, 294, 14)
        assert cut.endswith("…")
        assert name.startswith(cut[:-1])
        assert 250 < wide(cut, 14) * WIDER <= 294


def test_the_lines_of_the_picture_are_explained_where_they_are_drawn(client: FlaskClient) -> None:
    told = re.compile(r'id="around-told">(.*?)</p>', re.DOTALL)
    (dotted,) = told.findall(client.get("/doc/task-integrated-social-planning").text)
    assert "gepunktet: ohne Datum" in dotted
    (plain_only,) = told.findall(client.get("/doc/gap-duelkenbuero-after-2026").text)
    assert "estrichelt" not in plain_only


def test_a_gap_leads_to_the_way_to_say_what_one_knows(client: FlaskClient) -> None:
    name = "gap-duelkenbuero-after-2026"
    assert f'href="/tell/{name}"' in client.get(f"/doc/{name}").text
    assert "/tell/" not in client.get("/ontology/Obligation").text


def test_the_value_of_an_observation_is_told_once(client: FlaskClient) -> None:
    page = client.get("/doc/district-duelken").text
    assert page.count("20.493 (Personen)") == 1


def test_a_quoted_name_has_single_quotation_marks_within(client: FlaskClient) -> None:
    told = {
        lang: client.get("/doc/agreement-duelkenbuero", query_string={"lang": lang}).text
        for lang in LANGS
    }
    assert "Wer bei „Dienstleistung ‚Quartiersmanagement‘ im DülkenBüro" in told["de"]
    assert "under “Service ‘Quartiersmanagement’ in the DülkenBüro" in told["en"]
    assert "<h1>Dienstleistung „Quartiers" in told["de"]

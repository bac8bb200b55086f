import pytest
from hypothesis import given
from hypothesis import strategies as st

from akteursmodell.graph.tokens import keywords, one_reading, service_and_load, tokens


def words(text: str) -> list[str]:
    return [token.text.upper() for token in keywords(text)]


@given(st.text(alphabet="?a<>\"'\\#: \n{}SERVICEservice@_-.,;", max_size=60))
def test_tokens_joined_are_the_text(text: str) -> None:
    assert "".join(token.text for token in tokens(text)) == text


def test_words_in_strings_iris_names_and_comments_are_no_keywords() -> None:
    text = """
    PREFIX service: <http://x/SERVICE> # SERVICE
    SELECT ?service { ?service service:LOAD "SERVICE 'x'", '''LOAD
    "SERVICE"''', <http://x/#LOAD>, "a"@service }
    """
    assert words(text) == ["PREFIX", "SELECT"]


def test_a_keyword_is_found_beside_an_operator_that_looks_like_an_iri() -> None:
    assert "SERVICE" in words("SELECT * { FILTER(?a<?b)SERVICE<http://x/>{} FILTER(?c>?d) }")
    assert "SERVICE" in words("SELECT * { ?s ?p ?o.sErViCe#x\n<http://x/>{}}")


def test_a_string_that_does_not_end_hides_nothing() -> None:
    assert "SERVICE" in words('SELECT * { "abc\nSERVICE <http://x/> {} }')


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p trueSERVICE <http://x/> {} }",
        "SELECT * { SERVICESILENT<http://x/>{} }",
        "SELECT * { SERVICEe:x {} }",
        "SELECT * { SERVICESILENTe:x{} }",
        "SELECT * { ?s ?p trueSERVICEe:x #\n {} }",
        "SELECT * { <http://x/\\u0041#y> ?p ?o SERVICE <http://x/> {} }",
    ],
)
def test_a_call_that_the_engine_finds_in_a_glued_word_is_found(text: str) -> None:
    assert "SERVICE" in words(text)
    assert [call.keyword for call in service_and_load(text)] == ["SERVICE"]


@pytest.mark.parametrize("text", ["LOADe:x", "PREFIX e: <http://x/>LOADe:x", "CLEAR ALL;LOADe:x"])
def test_a_load_glued_to_its_address_is_found(text: str) -> None:
    assert [(call.keyword, call.address) for call in service_and_load(text)] == [("LOAD", None)]


def test_calls_are_listed_with_address_and_place() -> None:
    text = """PREFIX e: <http://e/> # LOAD
    LOAD SILENT <http://x/a> ; load e:b INTO GRAPH e:SERVICE ;
    INSERT { e:a e:load "SERVICE" } WHERE { SERVICE ?x {} service silent e:c {} }"""
    calls = [
        (call.keyword, call.silent, call.address.text if call.address else None)
        for call in service_and_load(text)
    ]
    assert calls == [
        ("LOAD", True, "<http://x/a>"),
        ("LOAD", False, "e:b"),
        ("SERVICE", False, None),
        ("SERVICE", True, "e:c"),
    ]
    assert [text[call.start :][:4].upper() for call in service_and_load(text)] == [
        "LOAD", "LOAD", "SERV", "SERV",
    ]  # fmt: skip


def test_only_iris_that_have_another_reading_are_written_otherwise() -> None:
    same = "PREFIX a: <http://x/a#> SELECT * { ?s a:b 'it#s' FILTER(?s<?o) } # it's"
    assert one_reading(same) == same
    assert one_reading("{ ?a<#b'>?c }") == r"{ ?a<\u0023b\u0027>?c }"

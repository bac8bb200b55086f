from hypothesis import given
from hypothesis import strategies as st

from akteursmodell.graph.tokens import keywords, tokens


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

import pytest

from akteursmodell.errors import ForbiddenError
from akteursmodell.query.outside import refuse_outside_calls

A = "http://a.example/sparql"


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT * {{ SERVICE <{A}> {{ }} }}",
        f"ASK {{ sErViCe #x\n siLENT # <http://b/>\n<{A}> {{}} }}",
        f"ASK {{ FILTER(1<2)SERVICE<{A}>{{}} }}",
        "SELECT * { SERVICE ?where { } }",
        "SELECT * { SERVICE ex:a { } }",
        "SERVICE",
    ],
)
def test_service_is_found_wherever_it_stands(text: str) -> None:
    with pytest.raises(ForbiddenError):
        refuse_outside_calls(text)


@pytest.mark.parametrize(
    "text",
    [
        'SELECT ?service { BIND("SERVICE" AS ?service) } # SERVICE <http://a/>',
        "SELECT * { ?s <urn:service> ?service }",
        "LOAD <http://a.example/>",
    ],
)
def test_the_word_is_fine_where_it_is_no_keyword(text: str) -> None:
    refuse_outside_calls(text)


def test_only_hosts_that_the_operator_names_are_called() -> None:
    query = f"SELECT * {{ SERVICE <{A}> {{ }} }}"
    refuse_outside_calls(query, {"a.example"})
    for hosts in (set(), {"example"}, {"b.example"}, {"a.example.org"}):
        with pytest.raises(ForbiddenError):
            refuse_outside_calls(query, hosts)


@pytest.mark.parametrize(
    "address",
    [
        "file://a.example/etc/passwd",
        "http://a.example@b.example/",
        "http://b.example/a.example",
        "a.example",
        "ftp://a.example/",
        "http://a.example.b.example/",
    ],
)
def test_an_address_that_only_looks_like_an_allowed_one_is_refused(address: str) -> None:
    with pytest.raises(ForbiddenError):
        refuse_outside_calls(f"ASK {{ SERVICE <{address}> {{ }} }}", {"a.example"})

"""View models are made once for each data state."""

from flask import Flask

from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.store import Store
from akteursmodell.web.kept import Kept, kept


def test_a_value_is_made_once_for_each_data_state_and_key() -> None:
    keeper, made = Kept(), list[str]()

    def make() -> str:
        made.append("x")
        return f"value {len(made)}"

    assert [keeper.get(1, "a", make), keeper.get(1, "a", make)] == ["value 1", "value 1"]
    assert keeper.get(1, "b", make) == "value 2"
    assert keeper.get(2, "a", make) == "value 3"
    assert keeper.get(1, "a", make) == "value 4"


def test_no_more_is_kept_than_there_is_room_for() -> None:
    keeper, made = Kept(most=2), list[int]()
    for key in (1, 2, 3, 1):
        keeper.get(1, key, lambda key=key: made.append(key))  # type: ignore[misc]
    assert made == [1, 2, 3, 1]


def test_functions_and_their_arguments_are_told_apart(app: Flask) -> None:
    calls = []

    def one(store: Store, word: str) -> str:
        assert isinstance(store, EmbeddedStore)
        calls.append(word)
        return word

    with app.app_context():
        assert [kept(one, "a"), kept(one, "b"), kept(one, "a")] == ["a", "b", "a"]
    assert calls == ["a", "b"]

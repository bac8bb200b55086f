"""A dry run as plain data, for machines and for other processes."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from akteursmodell.errors import Lang
from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.terms import DefaultGraph, NamedNode, Quad, Term
from akteursmodell.questions.answers import Answer
from akteursmodell.questions.difference import ChangedAnswer
from akteursmodell.questions.tables import Row
from akteursmodell.updates.dry_run import Rehearsal, shown

__all__ = ["as_data"]

MOST_ROWS = 500


def as_data(rehearsal: Rehearsal) -> dict[str, Any]:
    """Return a dry run as JSON has it; long lists are cut, and told with their whole number."""
    report = rehearsal.report
    return {
        "stored": False,
        "conforms": report.conforms,
        "revision": rehearsal.revision,
        "lang": rehearsal.lang,
        "counts": {"de": report.counts("de"), "en": report.counts("en")},
        "change": change_data(rehearsal, rehearsal.change),
        "entailed": change_data(rehearsal, rehearsal.entailed),
        "findings": [result.as_json() for result in rehearsal.findings],
        "seconds": round(rehearsal.seconds, 6),
        "report": {**json.loads(report.as_json()), "turtle": report.as_turtle()},
        "questions": {"all": rehearsal.questions, "asked": rehearsal.difference.asked},
        "answers": [answer_data(each, rehearsal.lang) for each in rehearsal.difference.answers],
    }


def change_data(rehearsal: Rehearsal, change: ChangeSet) -> dict[str, Any]:
    """Return what comes and goes, in words too."""
    return {
        "inserted": len(change.inserts),
        "deleted": len(change.deletes),
        "inserts": [statement(quad, rehearsal.after) for quad in shown(change.inserts)],
        "deletes": [statement(quad, rehearsal.before) for quad in shown(change.deletes)],
        "created": sorted(graph.value for graph in change.created),
        "dropped": sorted(graph.value for graph in change.dropped),
    }


def statement(quad: Quad, words: Mapping[Term, str]) -> dict[str, Any]:
    """Return one statement: each term as N-Triples writes it, and what people read."""
    graph = quad.graph_name
    named = {"subject": quad.subject, "predicate": quad.predicate, "object": quad.object}
    return {
        **{
            name: {
                "term": str(term),
                "iri": term.value if isinstance(term, NamedNode) else None,
                "text": words.get(term, str(term)),
            }
            for name, term in named.items()
        },
        "graph": None if isinstance(graph, DefaultGraph) else graph.value,
    }


def answer_data(changed: ChangedAnswer, lang: Lang) -> dict[str, Any]:
    """Return a changed answer: the rows as terms, and in words as its page shows them."""
    question = changed.question
    return {
        "id": question.id,
        "title": question.title.in_(lang),
        "headings": list(changed.headings),
        "gained": rows_data(changed.gained, changed.gained_rows),
        "lost": rows_data(changed.lost, changed.lost_rows),
    }


def rows_data(answer: Answer, rows: Iterable[Row]) -> dict[str, Any]:
    """Return rows: `bindings` one for each solution, `rows` in words, some of them joined."""
    bindings = [
        {
            **{
                name: str(term)
                for name, term in zip(answer.columns, row, strict=True)
                if term is not None
            },
            **({} if fact is None else {"fact": str(fact)}),
        }
        for row, fact in zip(answer.rows, answer.facts, strict=True)
    ]
    words = [
        {
            "cells": [
                [{"text": word.text, "iri": word.iri} for word in cell] for cell in row.cells
            ],
            "state": row.state,
        }
        for row in rows
    ]
    return {"count": len(bindings), "bindings": bindings[:MOST_ROWS], "rows": words[:MOST_ROWS]}

"""What a picture of the matrix says about itself: title, state, signs, sources, licence."""

from flask import request

from akteursmodell.analysis.matrix import Matrix
from akteursmodell.analysis.relations import KINDS, Relation
from akteursmodell.analysis.sheet import told
from akteursmodell.analysis.table import Table
from akteursmodell.graph.terms import NamedNode
from akteursmodell.query.evidence import evidence_of
from akteursmodell.query.periods import STATES
from akteursmodell.web import context
from akteursmodell.web.asked import variant
from akteursmodell.web.language import lang, say, t
from akteursmodell.web.links import day
from akteursmodell.web.matrix import View

__all__ = ["foot", "left_out", "legend", "listed", "summary", "title", "told_of"]


def title(seen: View) -> str:
    """Return what the picture is called."""
    name = t("Akteursmatrix Viersen", "Actor matrix of Viersen")
    view_of = seen.matrix.perspective
    return f"{name}: {view_of.title.text}" if view_of else name


def summary(found: Matrix) -> str:
    """Tell in a sentence what the picture shows."""
    return t(
        f"{len(found.sectors)} Sektoren, {len(found.rows)} Ebenen, {found.relations} Beziehungen, "
        f"davon {found.law} nur gesetzlich vorgesehen.",
        f"{len(found.sectors)} sectors, {len(found.rows)} levels, {found.relations} relations, "
        f"of these {found.law} only provided for by law.",
    )


def told_of(seen: View) -> str:
    """Tell the reference date, the filters and the data state of a view."""
    facets = seen.ground.facets
    parts = [
        t("Stichtag ", "Reference date ") + day(seen.selection.day.isoformat()),
        *(facets.label(name) for name in seen.selection.narrowed.values()),
        t("Datenstand: Revision ", "Data state: revision ") + str(context.store().revision),
        request.host_url.rstrip("/") + variant(),
    ]
    return " · ".join(parts)


def left_out(laid: Table, total: int) -> list[str]:
    """Say that a picture shows only a part, where it does."""
    told_ = []
    if laid.left_out:
        told_.append(
            t(
                f"Gezeigt sind {len(laid.listed)} von {total} Beziehungen; "
                f"{laid.left_out} weitere stehen in der Tabelle.",
                f"Shown are {len(laid.listed)} of {total} relations; "
                f"{laid.left_out} more stand in the table.",
            )
        )
    if laid.compact:
        told_.append(
            t(
                "Von den Zellen sind die gezeigt, in denen eine Linie endet.",
                "Of the cells those are shown where a line ends.",
            )
        )
    elif laid.visible is not None:
        told_.append(
            t(
                "Akteure ohne Linie sind gezählt, wo es viele sind.",
                "Actors without a line are counted where there are many.",
            )
        )
    return told_


def legend(laid: Table) -> list[str]:
    """Explain the signs."""
    return [
        *(say(KINDS[kind]) for kind, band in laid.bands.items() if band),
        t("durchgezogen: gültig", "solid: valid"),
        t("Strich und Punkt: endet in zwölf Monaten", "dash and dot: ends within twelve months"),
        t("gestrichelt: zuletzt belegt", "dashed: last attested"),
        t("fester Rand: belegte Einheit", "solid border: documented unit"),
        t("gestrichelter Rand: Platzhalter der Folie", "dashed border: template slot"),
        t(
            "?: Partner nicht belegt oder Ort mehrdeutig",
            "?: partner not documented or place ambiguous",
        ),
    ]


def foot() -> list[str]:
    """Tell what is lost, where the frame comes from, and the licence."""
    return [
        t(
            "Die Pfeile der Folien sind nicht überliefert; die Linien stammen aus anderen Quellen. "
            "Keine Linie heißt: keine Beziehung belegt, nicht: keine vorhanden.",
            "The arrows of the slides are lost; the lines come from other sources. No line means: "
            "no relation documented, not: none exists.",
        ),
        t(
            "Rahmen: Foliensatz „Akteursmodell“ (2018). Daten: CC BY 4.0.",
            "Frame: slide deck “Akteursmodell” (2018). Data: CC BY 4.0.",
        ),
    ]


def listed(found: Matrix) -> list[list[str]]:
    """Return the relations as rows: number, name, when, partners, evidence."""
    every = sorted(found.every, key=lambda each: each.number)
    proofs = evidence_of(context.store(), [NamedNode(r.iri) for r in every], lang())
    return [
        [
            str(relation.number),
            relation.name,
            when(relation),
            "; ".join(told((pill,)) for pill in relation.pills),
            "; ".join(proof.source_label for proof in proofs.get(NamedNode(relation.iri), ())),
        ]
        for relation in every
    ]


def when(relation: Relation) -> str:
    """Tell since when a relation holds and whether it has ended."""
    ended = say(STATES["ended"]) if relation.state == "ended" else ""
    return ", ".join(part for part in (ended, relation.when) if part)

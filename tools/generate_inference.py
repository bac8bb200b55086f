"""Write docs/inference-rules.md from the ontology; with --check only tell whether it is current."""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from akteursmodell.reasoning.rules import Atom, Rule, RuleSet, Variable, compile_rules, short
from akteursmodell.resources import ontology_files
from akteursmodell.validation.rdf import read_graph
from akteursmodell.vocabulary import compact

FILE = Path(__file__).resolve().parent.parent / "docs" / "inference-rules.md"
HEAD = """# What follows from the ontology, and what does not

<!-- Generated from the ontology by tools/generate_inference.py; do not edit. -->

The service infers by rules that it compiles from the ontology (OWL 2 RL as far as the ontology uses
it; [decision 9](decisions/0009-incremental-inference.md)). HermiT checks the ontology with all its
axioms, in tests. This page lists what the rules leave out; with
`AKTEURSMODELL_LOG=debug` a service logs it too.
"""


def written(atom: Atom) -> str:
    """Return an atom as SPARQL writes it."""
    return " ".join(f"?{s}" if isinstance(s, Variable) else compact(str(s)) for s in atom)


def kind(rule: Rule) -> str:
    """Return a rule without its terms, so that those of one kind look the same."""

    def shape(atom: Atom) -> str:
        subject, predicate, object_ = atom
        middle = "a" if short(predicate) == "type" else "property"
        ends = [f"?{s}" if isinstance(s, Variable) else "value" for s in (subject, object_)]
        return f"{ends[0]} {middle} {'class' if middle == 'a' else ends[1]}"

    return f"{' . '.join(map(shape, rule.body))} → {shape(rule.head)}"


def page(rules: RuleSet) -> Iterator[str]:
    """Yield the lines of the page."""
    yield HEAD
    yield f"## The {len(rules.rules)} rules\n"
    yield "| if → then | rules |\n|---|---|"
    for text, count in sorted(Counter(map(kind, rules.rules)).items()):
        yield f"| `{text}` | {count} |"
    yield "\nThose with more than one condition:\n"
    yield from sorted(
        f"- `{' . '.join(map(written, rule.body))}` → `{written(rule.head)}`"
        for rule in rules.rules
        if len(rule.body) > 1
    )
    yield f"\n## The {len(rules.skipped)} axioms that no rule stands for"
    for reason, axioms in rules.by_reason().items():
        yield f"\n**{reason[0].upper()}{reason[1:]}**\n"
        yield from (f"- {axiom}" for axiom in axioms)


def main(arguments: list[str]) -> int:
    """Write the file, or compare it when asked to check."""
    text = "\n".join(page(compile_rules(read_graph(ontology_files())))) + "\n"
    if arguments == ["--check"]:
        if FILE.read_text(encoding="utf-8") == text:
            return 0
        print(f"{FILE} is not current: run tools/generate_inference.py", file=sys.stderr)
        return 1
    FILE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

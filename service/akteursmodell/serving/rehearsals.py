"""Dry runs in a worker: foreign SPARQL, shapes and questions, far from the gate.

Nobody who writes waits for a dry run, and it is ended at its deadline as a query is.
"""

import json
from collections.abc import Callable
from functools import cache

from akteursmodell.config import Settings
from akteursmodell.errors import Lang
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.query.worker import Outlet
from akteursmodell.questions.catalogue import catalogue
from akteursmodell.serving.replicas import Replica
from akteursmodell.updates.dry_run import Measures, rehearse, without_inferred
from akteursmodell.updates.dry_run_data import as_data
from akteursmodell.updates.inference import Inference
from akteursmodell.updates.requests import WriteRequest, do_request
from akteursmodell.updates.trial import Trial
from akteursmodell.validation.engine import Validator
from akteursmodell.validation.levels import read_levels
from akteursmodell.validation.report import nothing_to_check

__all__ = ["rehearsing"]


def rehearsing(
    settings: Settings, replica: Replica
) -> Callable[[EmbeddedStore, bytes, Outlet], None]:
    """Return what tells what would become of a write request, at the data state of a replica.

    A service that was started empty has neither shapes nor questions.
    """

    @cache
    def inference(store: EmbeddedStore) -> Inference:
        return Inference(store)  # the ontology changes with a release only

    def rehearse_request(store: EmbeddedStore, payload: bytes, outlet: Outlet) -> None:
        words, _, body = payload.partition(b"\n")
        lang: Lang = "en" if words == b"en" else "de"
        request = WriteRequest.from_bytes(body)
        with without_inferred(store) as inferred:
            measures = Measures(
                inference(store),
                (lambda *_: nothing_to_check())
                if settings.empty
                else Validator(read_levels(settings.levels)),
                () if settings.empty else catalogue().values(),
            )
            trial = Trial(store)
            try:
                do_request(trial, request, strict=settings.strict, hosts=settings.hosts)
                rehearsal = rehearse(trial, inferred, measures, replica.revision, lang)
            finally:
                trial.undo()
        outlet.write(json.dumps(as_data(rehearsal), ensure_ascii=False).encode())

    return rehearse_request

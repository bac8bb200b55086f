from akteursmodell import resources


def test_each_folder_holds_what_it_is_named_for() -> None:
    assert {f.name for f in resources.ontology_files()} >= {"actors.ttl", "akteursmodell.ttl"}
    assert {f.name for f in resources.shape_files()} >= {"actors.shapes.ttl", "tasks.shapes.ttl"}
    assert {f.name for f in resources.data_files()} >= {"matrix.ttl", "sites.ttl"}
    assert resources.question_files()[0].name.startswith("cq-01-")

"""The sets that the comparison asks."""

from pathlib import Path

from tests.bench.questions import sets_of_questions


def test_a_further_set_is_asked_beside_ours_even_where_it_has_the_name_of_one(tmp_path: Path) -> None:
    file = tmp_path / "dev.jsonl"
    file.write_text(
        '{"id": 1, "kind": "direct", "question": "谁", "gold": ["甲"], "also": ["乙"]}\n'
        '{"id": 2, "kind": "chat", "question": "你好"}\n',
        encoding="utf-8",
    )
    sets = sets_of_questions([file])
    assert [(case.question, case.gold) for case in sets[str(file)]] == [("谁", ("甲", "乙"))]
    assert len(sets["dev"]) > 100


def test_smalltalk_is_left_out() -> None:
    assert not [case for cases in sets_of_questions().values() for case in cases if case.kind == "chat"]

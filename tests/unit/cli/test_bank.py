"""``bank import`` and ``bank export`` as an organiser types them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli.main import main
from bot.quiz.banks.formats import read_here

PAPER = "一、单选题\n1. 茶馆每天上午（ B ）开门。\nA. 八点\nB. 九点\n二、判断题\n1. 茶馆供应咖啡。（×）\n"
BROKEN = f"{PAPER}2. 没有答案的题。\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "守则.txt").write_text("第一条 茶馆每天上午九点开门。\n第二条 茶馆只供应茶。\n", encoding="utf-8")
    (tmp_path / "题库.txt").write_text(PAPER, encoding="gb18030")
    (tmp_path / "坏.txt").write_text(BROKEN, encoding="utf-8")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("KNOWLEDGE_DIR", str(tmp_path / "守则.txt"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = 0
    try:
        main(["bank", *arguments])
    except SystemExit as ended:
        code = int(ended.code or 0)
    told = capsys.readouterr()
    return code, told.out, told.err


def test_an_import_shows_each_question_with_its_passage(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run("import", "题库.txt", capsys=capsys)
    assert code == 0
    assert "1. 〔单选题〕茶馆每天上午（　　）开门。" in out
    assert "   答案：B" in out
    assert "原文：第一条 茶馆每天上午九点开门。" in out
    assert "原文：在当前文档里没有找到依据" in out
    assert "读到 2 题：单选题 1，判断题 1。" in out
    assert "还没有存" in err


def test_an_import_beside_several_documents_asks_which_one_is_meant(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("茶馆", "花园"):
        (place / "shelf" / name).mkdir(parents=True)
        (place / "shelf" / name / "source.txt").write_text(f"{name}守则\n第一条 九点开门。\n", encoding="utf-8")
    monkeypatch.setenv("KNOWLEDGE_DIR", str(place / "shelf"))
    code, out, err = run("import", "题库.txt", capsys=capsys)
    assert (code, "读到 2 题" in out, "KNOWLEDGE_DIR" in err) == (0, True, True)


def test_an_import_for_programs_is_a_question_a_line(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run("import", "坏.txt", "--jsonl", capsys=capsys)
    lines = [json.loads(line) for line in out.splitlines()]
    assert [line.get("correct") for line in lines] == [[1], [1], None]
    assert lines[0]["citation"]
    assert lines[2]["place"] == "第 7 行"


def test_a_bank_with_a_fault_is_not_saved_unless_that_is_said(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run("import", "坏.txt", "--save", capsys=capsys)
    assert code == 1
    assert "第 7 行" in out
    assert "没有存" in err
    code, _, err = run("import", "坏.txt", "--save", "--skip-faults", "--name", "茶馆", capsys=capsys)
    assert code == 0
    assert "茶馆" in err
    _, out, _ = run("list", capsys=capsys)
    assert out.startswith("茶馆：2 题")


def test_a_saved_bank_goes_out_and_can_be_removed(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("import", "题库.txt", "--save", capsys=capsys)
    code, _, err = run("export", "--bank", "题库", "--format", "xlsx", "-o", "出.xlsx", capsys=capsys)
    assert (code, "2 题" in err) == (0, True)
    assert len(read_here(".xlsx", (place / "出.xlsx").read_bytes()).questions) == 2
    code, _, err = run("export", "--bank", "题库", "-o", "出.xlsx", capsys=capsys)
    assert (code, "--force" in err) == (1, True)
    assert run("remove", "题库", capsys=capsys)[0] == 0
    assert run("export", "--bank", "题库", "-o", "又.xlsx", capsys=capsys)[0] == 1


def test_a_file_is_turned_into_another_format_and_what_is_lost_is_told(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run("export", "--from", "题库.txt", "--format", "aiken", "-o", "出.txt", capsys=capsys)
    assert code == 0
    assert "ANSWER: B" in (place / "出.txt").read_text(encoding="utf-8")
    code, _, err = run("export", "--from", "题库.txt", "--format", "odt", "-o", "出.odt", capsys=capsys)
    assert (code, "xlsx" in err) == (1, True)


def test_the_questions_of_the_document_go_out_too(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    speech = Path(__file__).resolve().parents[3] / "knowledge"
    folder = next(path for path in sorted(speech.iterdir()) if path.is_dir())
    code, _, _ = run("export", "--knowledge", str(folder), "--format", "gift", "-o", "出.gift", capsys=capsys)
    assert code == 0
    assert len(read_here(".gift", (place / "出.gift").read_bytes()).questions) > 20


def test_a_file_that_is_not_there_is_told(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run("import", "没有.xlsx", capsys=capsys)
    assert (code, "没有.xlsx" in err) == (1, True)


def test_a_bank_is_listed_under_the_day_it_was_saved_on_there(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIME_ZONE", "Asia/Shanghai")
    monkeypatch.setattr("bot.app.now", lambda: datetime(2026, 11, 2, 23, 0, tzinfo=UTC))
    run("import", "题库.txt", "--save", capsys=capsys)
    _, out, _ = run("list", capsys=capsys)
    assert "2026-11-03" in out

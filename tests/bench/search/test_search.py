"""The bench scores what look-ups find, and its truth is worked out apart from them."""

import json
from pathlib import Path

import pytest

from bench.search import __main__ as bench
from bench.search.ask_questions import ask_questions
from bench.search.fill import fill, open_bench_case
from bench.search.generate import main as generate
from bench.search.invent_people import invent_people
from bench.search.measure import figures, measure, score_hits
from bench.search.oracle import name_expression, usual
from bench.search.report import report
from bench.search.truth import Question, read_truth
from storage.database.session import Database


@pytest.mark.parametrize(
    ("pattern", "name", "found"),
    [
        ("陳?明", "陳阿明", True),
        ("陳?明", "陳阿■", True),
        ("陳?明", "陳明", False),
        ("黄*", "黃阿水", True),
        ("*明*", "陳明德", True),
        ("陳■德", "陳明徳", True),
        ("林", "陳", False),
    ],
)
def test_the_oracle(pattern: str, name: str, found: bool) -> None:
    assert (name_expression(pattern).fullmatch(usual(name)) is not None) is found


def test_scores() -> None:
    hits = [{"name": "甲", "page": "1"}, {"name": "乙", "page": "1"}]
    assert score_hits([{"name": "甲"}, {"name": "丙"}], hits) == (0.5, 0.5)
    assert score_hits([{"name": "甲"}, {"name": "甲"}], hits) == (0.5, 0.5)
    assert score_hits([], []) == (1.0, 1.0)
    assert score_hits([], hits)[1] == 0.0
    assert score_hits([{"name": "甲"}], []) == (0.0, 0.0)


def test_invented_questions_are_answered_on_both_engines(database: Database) -> None:
    people = invent_people(60, 3)
    rows = "\n".join(json.dumps(one.row) for one in people)
    assert fill(database, rows.encode()) > 0
    actor, case = open_bench_case(database)
    questions = ask_questions(people, 1, 3)
    found = figures(measure(database, actor, case, questions))
    assert {value for key, value in found.items() if key.endswith(".recall")} == {1.0}
    assert {value for key, value in found.items() if "precision" in key} == {1.0}
    unaskable = Question("unaskable", {"date": "某年"}, ("name",), ({"name": "無此人"},))
    assert figures(measure(database, actor, case, [unaskable]))["unaskable.recall"] == 0.0
    wrong = Question("wrong", {"name": people[0].row["name"]}, ("name",), ({"name": "無此人"},))
    assert figures(measure(database, actor, case, [wrong]))["wrong.recall"] == 0.0


def test_what_is_generated_can_be_read_and_scored(tmp_path: Path) -> None:
    assert generate(["30", "--each", "1", "--out", str(tmp_path)]) == 0
    questions = read_truth(tmp_path / "truth.jsonl")
    assert len({question.kind for question in questions}) == 9
    out = tmp_path / "search.json"
    told = ["--truth", str(tmp_path / "truth.jsonl"), "--entries", str(tmp_path / "entries.jsonl")]
    work = bench._work(bench._parser().parse_args([*told, "--runs", "1", "--out", str(out)]))
    assert work.entries is not None
    assert len(work.questions) == len(questions)


def test_bare_texts_and_defects_of_a_truth(tmp_path: Path) -> None:
    file = tmp_path / "truth.jsonl"
    file.write_text('{"query": "陳*", "expect": ["陳明德"]}\n', "utf-8")
    (question,) = read_truth(file)
    assert question.asked == {"name": "陳*"}
    assert question.expected == ({"name": "陳明德"},)
    for line in ("{}", "[]", '{"query": {"nickname": "a"}, "expect": []}', '{"query": {}, "expect": [1]}'):
        file.write_text(line, "utf-8")
        with pytest.raises(ValueError, match="line 1"):
            read_truth(file)


def test_ratios_compare_the_engines_times() -> None:
    figures_of = {
        "sqlite": {"a.p50_ms": 2.0, "a.recall": 1.0},
        "postgresql": {"a.p50_ms": 3.0, "a.recall": 1.0},
    }
    assert report(figures_of, 3, {})["ratios"] == {"postgresql/sqlite a.p50_ms": 1.5}
    assert report({"sqlite": {}}, 3, {})["ratios"] == {}

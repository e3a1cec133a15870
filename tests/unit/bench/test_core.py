"""What the benchmark of the core asks."""

from tests.bench.core import messages


def test_a_message_has_three_questions_and_none_is_asked_twice() -> None:
    assert messages(["谁来", "几点?", "在哪里？", "多少钱", "剩下的"]) == ["谁来？几点？在哪里？"]

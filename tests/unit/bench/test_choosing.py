"""Each peer is given its best."""

from tests.bench.choosing import Block, Choice, best_of
from tests.bench.scoring import Outcome, right, right_within

RIGHT = Outcome(answerable=True, answered=True, right=True, score=1)
WRONG = Outcome(answerable=True, answered=True, right=False, score=1)
FALSE = Outcome(answerable=False, answered=True, right=False, score=1)


def test_the_highest_figure_of_a_peer_in_a_block_is_taken_and_of_equals_the_first() -> None:
    block = Block("source", {}, right)
    tried = [
        (Choice(block, "one", "plain", "sentences"), [RIGHT, WRONG]),
        (Choice(block, "one", "plain", "paragraphs"), [RIGHT, RIGHT]),
        (Choice(block, "one", "fancy", "paragraphs"), [RIGHT, RIGHT]),
        (Choice(block, "two", "plain", "sentences"), [WRONG, WRONG]),
        (Choice(block, "two", "plain", "paragraphs"), [WRONG, WRONG]),
    ]
    assert best_of(tried) == [tried[1][0], tried[3][0]]


def test_blocks_are_chosen_in_each_by_its_own_figure() -> None:
    blocks = [Block("free", {}, right), Block("bound", {}, right_within)]
    tried = [
        (Choice(block, "one", setting, "phrasings"), outcomes)
        for block in blocks
        for setting, outcomes in {"bold": [RIGHT, RIGHT, FALSE], "shy": [RIGHT, WRONG]}.items()
    ]
    assert [choice.setting for choice in best_of(tried)] == ["bold", "shy"]

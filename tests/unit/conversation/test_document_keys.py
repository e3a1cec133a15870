"""Buttons that name their document."""

import pytest

from bot.conversation.messages import MAX_BYTES, Action, Code, parse_action, tagged, untagged


@pytest.mark.parametrize("action", ["p:road", "c:at-1-2-ab12", "o:s2.1", "p-road"])
def test_what_shows_something_of_a_document_carries_its_key(action: str) -> None:
    assert untagged(tagged(action, "3fa2c1")) == (action, "3fa2c1")


@pytest.mark.parametrize("action", ["u:Xy_3fa2c1", "q:a-1_3fa2c1", "h:", "nonsense", ""])
def test_what_shows_nothing_of_a_document_is_left_alone(action: str) -> None:
    assert (tagged(action, "3fa2c1"), untagged(action)) == (action, (action, ""))


def test_a_button_with_a_key_is_read_as_the_button_and_spelled_as_it_was() -> None:
    found = parse_action("p:road_3fa2c1")
    assert found == Action(Code.POINT, "road", "3fa2c1")
    assert str(found) == "p:road_3fa2c1"


def test_a_button_that_is_as_long_as_can_be_goes_without_a_key() -> None:
    longest = "p:" + "a" * 60
    assert tagged(longest, "3fa2c1") == longest
    assert len(tagged("p:" + "a" * 54, "3fa2c1")) <= MAX_BYTES

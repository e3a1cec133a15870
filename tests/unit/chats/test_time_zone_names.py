"""Time zones as members know them."""

import pytest

from bot.chats.time_zone_names import zone_name


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        ("Asia/Shanghai", "北京时间"),
        ("PRC", "北京时间"),
        ("Asia/Urumqi", "Asia/Urumqi"),
        ("Europe/Berlin", "Europe/Berlin"),
    ],
)
def test_the_clocks_of_beijing_have_a_name_of_their_own_and_others_are_called_by_their_zone(
    zone: str, name: str
) -> None:
    assert zone_name(zone) == name

"""Settings come from the environment alone, and a bad one is named without its value."""

from ipaddress import ip_network
from pathlib import Path

import pytest

from bot.access.members import invalid_owner_places
from bot.app import ChannelName, configured_channels
from bot.config import ROOT, Settings, read_settings, usable_settings
from bot.errors import ConfigError
from bot.wording import SETTING_EXAMPLES


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """An environment without our settings, in a folder without a .env."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    return monkeypatch


def test_nothing_set_serves_the_web_page_on_this_machine_alone() -> None:
    settings = read_settings()
    assert (settings.http_host, settings.http_port) == ("127.0.0.1", 8080)
    assert settings.knowledge_dir == ROOT / "knowledge"
    assert configured_channels(settings) == (ChannelName.WEB,)


def test_a_token_brings_telegram(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("TELEGRAM_TOKEN", "1:a")
    assert configured_channels(read_settings()) == (ChannelName.WEB, ChannelName.TELEGRAM)


def test_a_file_in_another_encoding_is_told_with_its_mend_and_the_rest_is_usable(bare: pytest.MonkeyPatch) -> None:
    Path(".env").write_bytes("# 端口\nHTTP_PORT=9\n".encode("gbk"))
    bare.setenv("HTTP_HOST", "::1")
    with pytest.raises(ConfigError, match="UTF-8"):
        read_settings()
    assert usable_settings()[0].http_host == "::1"


def test_a_token_is_not_shown_with_the_settings(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("TELEGRAM_TOKEN", "1:secret")
    settings = read_settings()
    assert settings.telegram_token.get_secret_value() == "1:secret"
    assert "secret" not in f"{settings!r} {settings}"


def test_members_and_chats_have_limits_that_can_be_taken_away(bare: pytest.MonkeyPatch) -> None:
    assert (read_settings().rate_member, read_settings().rate_chat) == (60, 240)
    bare.setenv("RATE_MEMBER", "0")
    assert read_settings().rate_member == 0
    bare.setenv("RATE_MEMBER", "-1")
    with pytest.raises(ConfigError, match="RATE_MEMBER"):
        read_settings()


def test_admins_are_separated_by_commas(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("ADMINS", "telegram:12345, wecom:zhang,")
    assert read_settings().admins == ("telegram:12345", "wecom:zhang")


def test_a_dotenv_file_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("HTTP_PORT=9000\nLOG_LEVEL=debug\nUNKNOWN=1\n", encoding="utf-8")
    settings = read_settings()
    assert (settings.http_port, settings.log_level) == (9000, "DEBUG")


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_an_empty_variable_is_not_set(name: str, bare: pytest.MonkeyPatch) -> None:
    default = getattr(read_settings(), name)
    bare.setenv(name.upper(), "")
    assert getattr(read_settings(), name) == default


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_an_empty_line_of_the_dotenv_file_sets_nothing(name: str, tmp_path: Path) -> None:
    default = getattr(read_settings(), name)
    (tmp_path / ".env").write_text(f"{name.upper()}=\n", encoding="utf-8")
    assert getattr(read_settings(), name) == default


@pytest.mark.parametrize("zone", ["Mars/Base", "../etc/passwd"])
def test_a_time_zone_that_there_is_not_is_named(zone: str, bare: pytest.MonkeyPatch) -> None:
    bare.setenv("TIME_ZONE", zone)
    with pytest.raises(ConfigError, match="TIME_ZONE"):
        read_settings()


def test_bad_settings_are_named_and_their_values_are_not(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("HTTP_PORT", "hunter2")
    bare.setenv("LOG_LEVEL", "loud")
    with pytest.raises(ConfigError) as caught:
        read_settings()
    assert "HTTP_PORT、LOG_LEVEL" in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_a_bad_setting_is_told_with_an_example_and_the_others_can_be_used(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("TIME_ZONE", "Beijing")
    bare.setenv("HTTP_PORT", "8081")
    settings, error = usable_settings()
    assert error is not None and "TIME_ZONE=Asia/Shanghai" in str(error)
    assert (settings.time_zone, settings.http_port) == ("Asia/Shanghai", 8081)
    bare.delenv("TIME_ZONE")
    assert usable_settings()[1] is None


def test_the_database_is_a_file_in_the_data_folder_unless_it_is_set(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("DATA_DIR", "/var/lib/bot")
    assert read_settings().database == "sqlite+aiosqlite:////var/lib/bot/bot.sqlite3"
    bare.setenv("DATABASE_URL", "postgresql+asyncpg://h/d")
    assert read_settings().database == "postgresql+asyncpg://h/d"


def test_a_conversation_on_a_terminal_is_not_run_through_by_the_log(bare: pytest.MonkeyPatch) -> None:
    assert read_settings().log_level_for(talking=True) == "WARNING"
    assert read_settings().log_level_for(talking=False) == "INFO"
    bare.setenv("LOG_LEVEL", "info")
    assert read_settings().log_level_for(talking=True) == "INFO"


def test_an_address_has_a_limit_that_can_be_taken_away(bare: pytest.MonkeyPatch) -> None:
    assert read_settings().rate_address == 600
    bare.setenv("RATE_ADDRESS", "0")
    assert read_settings().rate_address == 0


def test_proxies_on_this_machine_are_believed_where_only_a_proxy_can_speak_https(bare: pytest.MonkeyPatch) -> None:
    assert read_settings().proxies == ()
    bare.setenv("PUBLIC_URL", "https://study.example.org")
    assert read_settings().proxies == ("127.0.0.0/8", "::1")
    bare.setenv("TRUSTED_PROXIES", "10.0.0.7, 2001:db8::/32")
    assert read_settings().proxies == ("10.0.0.7", "2001:db8::/32")


@pytest.mark.parametrize("value", ["proxy.example", "10.0.0.0/99", "*"])
def test_a_proxy_is_named_by_its_address(value: str, bare: pytest.MonkeyPatch) -> None:
    bare.setenv("TRUSTED_PROXIES", value)
    with pytest.raises(ConfigError, match="TRUSTED_PROXIES=127"):
        read_settings()


@pytest.mark.parametrize("value", ["short", "密码密码密码密码密码密码密码密码", "a b c d e f g h i"])
def test_a_token_that_can_be_guessed_or_not_be_sent_is_refused(value: str, bare: pytest.MonkeyPatch) -> None:
    bare.setenv("OPERATOR_TOKEN", value)
    with pytest.raises(ConfigError, match="OPERATOR_TOKEN") as caught:
        read_settings()
    assert value not in str(caught.value)


@pytest.mark.parametrize(
    "written",
    [
        "telegram:12345，wecom:zhang",
        "telegram：12345；wecom：zhang",
        "telegram:12345;wecom:zhang",
        "telegram: 12345 , wecom :zhang",
        "telegram:12345 wecom:zhang",
        "Telegram:12345、WeCom:zhang",
        "\uff54elegram:１２３４５,wecom:zhang",
        "“telegram:12345,wecom:zhang”",
    ],
)
def test_admins_are_read_as_phones_and_people_write_them(bare: pytest.MonkeyPatch, written: str) -> None:
    bare.setenv("ADMINS", written)
    assert read_settings().admins == ("telegram:12345", "wecom:zhang")


@pytest.mark.parametrize("written", ["11", "@boss", "telegram:@boss", "telegram:-1001"])
def test_what_can_be_nobody_stays_as_it_is_and_is_told_elsewhere(bare: pytest.MonkeyPatch, written: str) -> None:
    bare.setenv("ADMINS", f"telegram:1,{written}")
    assert read_settings().admins == ("telegram:1", written)
    assert invalid_owner_places(read_settings().admins) == [2]


def test_the_example_of_proxies_trusts_single_addresses(bare: pytest.MonkeyPatch) -> None:
    for line in (ROOT / ".env.example").read_text(encoding="utf-8").splitlines():
        name, _, value = line.removeprefix("# ").partition("=")
        if name == "TRUSTED_PROXIES":
            bare.setenv(name, value)
            break
    assert all(ip_network(text).num_addresses == 1 for text in read_settings().proxies)
    assert f"TRUSTED_PROXIES={value}" == SETTING_EXAMPLES["TRUSTED_PROXIES"]

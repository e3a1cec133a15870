"""Settings, read once from the environment and ``.env``. Each has its meaning under it."""

from __future__ import annotations

import re
import unicodedata
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import ConfigError
from bot.quiz.daily import DailyTime
from bot.wording import BAD_ENV_FILE, BAD_SETTING, SETTING_EXAMPLES

ROOT = Path(__file__).resolve().parent.parent
LEAST_TOKEN = 16  # characters of OPERATOR_TOKEN
LOOPBACK = ("127.0.0.0/8", "::1")
_AROUND_COLON = re.compile(r"\s*:\s*")
_BETWEEN = re.compile(r"[,;、\s]+")
LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]


class Settings(BaseSettings):
    """All that can be set from outside. Nothing else in the program reads the environment."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,  # HTTP_HOST= is not set; as a value it would listen on every address
        extra="ignore",
        frozen=True,
    )

    telegram_token: SecretStr = SecretStr("")
    """The token of @BotFather. Empty: no Telegram."""
    telegram_api_url: str = "https://api.telegram.org"
    """Scheme, host and port of the Bot API server, without ``/bot``."""

    http_host: str = "127.0.0.1"
    """The address that the web page listens on. Use 0.0.0.0 behind a reverse proxy or in a container."""
    http_port: int = Field(default=8080, ge=0, le=65535)
    """The web page's port; 0 takes a free one."""
    public_url: str = ""
    """The address members reach the web page at, such as ``https://study.example.org``; for links."""

    operator_token: SecretStr = SecretStr("")
    """Shows ``/metrics`` (then to nobody else) and the details of ``/healthz`` to whoever sends it (``Authorization:
    Bearer``). Empty: programs on this machine see both."""
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = ()
    """Reverse proxies whose ``X-Forwarded-For`` is believed: addresses, small networks. Empty: with an https PUBLIC_URL
    those on this machine, else none."""

    admins: Annotated[tuple[str, ...], NoDecode] = ()
    """Owners, as ``telegram:12345,wecom:zhang``. Other marks between them, and those in full width, are read too."""

    knowledge_dir: Path = ROOT / "knowledge"
    """A knowledge folder, a document (.docx, .pdf, .xlsx, .md, .txt), or a folder that has one of these in it."""
    data_dir: Path = ROOT / "data"
    """The folder that the bot writes to: database, caches."""
    database_url: str = ""
    """An SQLAlchemy address with an async driver. Empty: SQLite in DATA_DIR."""

    rate_member: int = Field(default=60, ge=0)
    """How many questions of one person are answered at once, and in a minute; 0 for no limit."""
    rate_chat: int = Field(default=240, ge=0)
    """The same for a group as a whole."""

    rate_address: int = Field(default=600, ge=0)
    """How much one network address may send to the web page and ``POST /api/ask`` at once, and in a minute."""

    time_zone: str = "Asia/Shanghai"
    """The time zone by which days begin and daily questions come, if a chat has named no other."""

    quiz_lead_in: int = Field(default=5, ge=0, le=60)
    """Seconds between the opening of a contest in a group and its first question; if teams are chosen, four times as
    long. 0: at once."""

    meaning: bool = True
    """Whether questions are also compared by meaning, if the extra for it is installed; it takes 200 MB."""

    llm_url: str = ""
    """An OpenAI-compatible endpoint, such as ``http://127.0.0.1:11434/v1``, which ``draft`` asks for phrasings, and
    nothing else does. Empty: none."""
    llm_model: str = ""
    """The name of the model there."""
    llm_key: SecretStr = SecretStr("")
    """The key of the endpoint; one on this machine needs none."""

    log_level: LogLevel = "INFO"
    """How much is logged. Not set, a conversation on a terminal shows warnings and errors only."""

    @field_validator("admins", "trusted_proxies", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            plain = _AROUND_COLON.sub(":", unicodedata.normalize("NFKC", value))  # ，；： as phones type them
            return tuple(map(_lower_channel, filter(None, _BETWEEN.split(plain.strip("'\"“”")))))
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for text in value:
            ip_network(text, strict=False)
        return value

    @field_validator("operator_token")
    @classmethod
    def _is_no_guess(cls, value: SecretStr) -> SecretStr:
        token = value.get_secret_value()
        if token and (len(token) < LEAST_TOKEN or not token.isascii() or not token.isprintable() or " " in token):
            raise ValueError("too short, or not to be sent in a header")
        return value

    @field_validator("time_zone")
    @classmethod
    def _is_a_zone(cls, value: str) -> str:
        return DailyTime(0, 0, value).zone

    @field_validator("telegram_api_url", "public_url")
    @classmethod
    def _no_slash(cls, value: str) -> str:
        return value.rstrip("/")

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    def log_level_for(self, *, talking: bool) -> LogLevel:
        """``LOG_LEVEL``; not set, and ``talking`` to a person if the log shows too: warnings and errors only."""
        return "WARNING" if talking and "log_level" not in self.model_fields_set else self.log_level

    @property
    def proxies(self) -> tuple[str, ...]:
        """``TRUSTED_PROXIES`` with the default filled in: the bot speaks no TLS, so https is a proxy before it."""
        if self.trusted_proxies or not self.public_url.startswith("https://"):
            return self.trusted_proxies
        return LOOPBACK

    @property
    def database(self) -> str:
        """The database's address, with the default filled in."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'bot.sqlite3'}"


class _EnvironmentSettings(Settings):
    """The settings without those of ``.env``."""

    model_config = SettingsConfigDict(env_file=None)


def _lower_channel(owner: str) -> str:
    channel, colon, id_ = owner.partition(":")
    return f"{channel.lower()}{colon}{id_}" if colon else owner


def read_settings() -> Settings:
    """The settings of this process. Raises ConfigError that names each bad setting, never its value."""
    settings, error = usable_settings()
    if error is not None:
        raise error
    return settings


def usable_settings() -> tuple[Settings, ConfigError | None]:
    """The settings of this process with the default in place of each bad one, and what ``read_settings`` raises.

    If ``.env`` cannot be read, the environment alone counts.
    """
    try:
        return _valid_settings(Settings)
    except (UnicodeDecodeError, OSError):
        settings, _ = _valid_settings(_EnvironmentSettings)
    return settings, ConfigError(BAD_ENV_FILE)


def _valid_settings(kind: type[Settings]) -> tuple[Settings, ConfigError | None]:
    try:
        return kind(), None
    except ValidationError as error:
        bad = sorted({str(part["loc"][0]).lower() for part in error.errors() if part["loc"]})
    names = [name.upper() for name in bad]
    examples = "、".join(SETTING_EXAMPLES.get(name, f"{name}=…") for name in names)
    fault = ConfigError(BAD_SETTING.format(names="、".join(names), examples=examples))
    return kind(**{name: Settings.model_fields[name].default for name in bad}), fault

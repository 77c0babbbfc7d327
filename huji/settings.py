"""Settings, from the environment alone (HUJI_…). Nothing secret has a default that works."""

from pathlib import Path
from typing import Self

from pydantic import SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where the house's parts are. The defaults are the embedded profile under `var/`.

    `objects` is "files:PATH" or "s3:http(s)://HOST:PORT/BUCKET"; where Redis is away,
    workers look into the database alone; `public_url` is how browsers and stations reach the proxy;
    `series_dir` holds the site's own series, one TOML file each; `forbidden_engines` names the recognition
    engines that the site may not use, parted by commas.
    """

    model_config = SettingsConfigDict(env_prefix="HUJI_", extra="ignore")

    database_url: str = "sqlite:///var/huji.sqlite"
    redis_url: str = "unix://var/redis/redis.sock"
    objects: str = "files:var/objects"
    s3_access_key: SecretStr = SecretStr("")
    s3_secret_key: SecretStr = SecretStr("")
    s3_public_endpoint: str = ""
    public_url: str = "http://127.0.0.1:8000"
    secure_cookies: bool = False
    lease_seconds: int = 120
    sweep_seconds: float = 20.0
    forbidden_engines: str = ""
    second_opinion: bool = False
    scratch: Path = Path("var/scratch")
    series_dir: Path | None = None

    @field_validator("series_dir", mode="before")
    @classmethod
    def _none_if_empty(cls, value: object) -> object:
        """An empty variable names no directory, least of all the one we stand in."""
        return value or None

    @model_validator(mode="after")
    def _secure_where_encrypted(self) -> Self:
        """Behind TLS the session cookie is for TLS alone, without a setting that somebody may forget."""
        if "secure_cookies" not in self.model_fields_set and self.public_url.startswith("https://"):
            self.secure_cookies = True
        return self

    def engines_forbidden(self) -> frozenset[str]:
        """Return the recognition engines this site may not use."""
        return engine_names(self.forbidden_engines)


def engine_names(text: str) -> frozenset[str]:
    """Return the engines named, parted by commas or blanks: a ban must not fail for how it is written."""
    return frozenset(text.replace(",", " ").split())

"""Settings, read once at the edge (the command line, the page). Nothing below the edge imports this.

Every field is in `.env.example` with its default; a test compares the two.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from briefing.errors import SettingError


class Settings(BaseSettings):
    """What a user may set, through BRIEFING_* variables or a `.env` file in the working folder."""

    model_config = SettingsConfigDict(
        env_prefix="BRIEFING_", env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True
    )

    home: Path = Field(Path("library"), description="Folder of the library; made on first use.")
    parties: Path | None = Field(
        None, description="YAML file that adds or overrides parties and office holders."
    )
    model: str = Field(
        "", description="Chat model that rewrites answers, as provider:name; empty writes without a model."
    )
    base_url: str = Field("", description="Address of an OpenAI-compatible server, for example Ollama's.")
    api_key: SecretStr = Field(SecretStr(""), description="Key for that server; OPENAI_API_KEY works too.")
    prices: Path | None = Field(
        None, description="YAML file of what models cost for a million tokens; shown with each answer."
    )
    daily_budget: str = Field(
        "",
        description="Most a day may take: 2.50 (currency of the prices) or 200000 tokens; empty: all.",
    )
    host: str = Field("127.0.0.1", description="Address the chat page listens on.")
    port: int = Field(8501, ge=1, le=65535, description="Port the chat page listens on.")


def read_settings() -> Settings:
    """The settings of this process. Raises SettingError naming the variable that cannot be used."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "BRIEFING_" + "_".join(str(part) for part in first["loc"]).upper()
        raise SettingError(f"{name} cannot be used: {first['msg']}; see .env.example") from None

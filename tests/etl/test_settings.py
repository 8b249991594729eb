"""Settings of loads: their limits are told where a value is beyond them."""

import pytest

from etl.settings import ArticleBudget, LoadSettings, QuarantineSettings
from schema.errors import SettingError


def test_what_an_article_may_cost_is_set_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ArticleBudget.from_environment() == ArticleBudget()

    monkeypatch.setenv("QUOTH_ARTICLE_SECONDS", "5")
    monkeypatch.setenv("QUOTH_ARTICLE_MEMORY_MIB", "1024")

    assert ArticleBudget.from_environment() == ArticleBudget(seconds=5, memory_mib=1024)


def test_what_is_kept_of_refused_records_is_set_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert QuarantineSettings.from_environment() == QuarantineSettings(days=90, most=10_000)

    monkeypatch.setenv("QUOTH_REJECTED_DAYS", "7")
    monkeypatch.setenv("QUOTH_REJECTED_MAX", "0")

    assert QuarantineSettings.from_environment() == QuarantineSettings(days=7, most=0)


_READ_BY = {
    "QUOTH_BATCH_SIZE": LoadSettings,
    "QUOTH_REJECTED_DAYS": QuarantineSettings,
    "QUOTH_REJECTED_MAX": QuarantineSettings,
}


@pytest.mark.parametrize(
    ("variable", "value", "limits"),
    [
        ("QUOTH_ARTICLE_SECONDS", "0", "1 to 86400"),
        ("QUOTH_ARTICLE_SECONDS", "1.5", "1 to 86400"),
        ("QUOTH_ARTICLE_MEMORY_MIB", "255", "256 to 1048576"),
        ("QUOTH_ARTICLE_MEMORY_MIB", "4 GB", "256 to 1048576"),
        ("QUOTH_BATCH_SIZE", "1001", "1 to 1000"),
        ("QUOTH_REJECTED_DAYS", "0", "1 to 36500"),
        ("QUOTH_REJECTED_MAX", "1000001", "0 to 1000000"),
        ("QUOTH_REJECTED_MAX", "-1", "0 to 1000000"),
    ],
)
def test_a_value_beyond_the_limits_names_them(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, limits: str
) -> None:
    monkeypatch.setenv(variable, value)

    with pytest.raises(SettingError, match=f"{variable} is '{value}'; give a whole number from {limits}"):
        _READ_BY.get(variable, ArticleBudget).from_environment()

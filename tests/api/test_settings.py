import dataclasses

import pytest

from api.settings import ApiSettings
from schema.errors import SettingError


def test_an_empty_environment_gives_the_defaults():
    assert ApiSettings.from_environment({}) == ApiSettings()


def test_a_variable_that_is_set_but_empty_means_the_default():
    assert ApiSettings.from_environment({"QUOTH_PORT": " "}) == ApiSettings()


def test_every_field_is_read_from_its_variable():
    environment = {
        "QUOTH_HOST": "0.0.0.0",
        "QUOTH_PORT": "8123",
        "QUOTH_BODY_LIMIT_BYTES": "4096",
        "QUOTH_OPERATION_TIMEOUT_S": "2.5",
        "QUOTH_CORS_ORIGINS": "https://news.example, http://localhost:3000",
        "QUOTH_POOL_SIZE": "9",
    }

    settings = ApiSettings.from_environment(environment)

    origins = ("https://news.example", "http://localhost:3000")
    assert settings == ApiSettings("0.0.0.0", 8123, 4096, 2.5, origins, 9)
    assert len(environment) == len(dataclasses.fields(ApiSettings))


@pytest.mark.parametrize(
    ("variable", "value", "accepted"),
    [
        ("QUOTH_PORT", "http", "0 to 65535"),
        ("QUOTH_PORT", "65536", "0 to 65535"),
        ("QUOTH_PORT", "-1", "0 to 65535"),
        ("QUOTH_PORT", "٨٠", "0 to 65535"),
        ("QUOTH_PORT", "0" * 5000 + "1", "0 to 65535"),
        ("QUOTH_BODY_LIMIT_BYTES", "256K", "1024 to 1073741824"),
        ("QUOTH_OPERATION_TIMEOUT_S", "soon", "0.01 to 3600"),
        ("QUOTH_OPERATION_TIMEOUT_S", "nan", "0.01 to 3600"),
        ("QUOTH_OPERATION_TIMEOUT_S", "0", "0.01 to 3600"),
        ("QUOTH_CORS_ORIGINS", "news.example", "https://news.example"),
        ("QUOTH_CORS_ORIGINS", "https://news.example/", "https://news.example"),
        ("QUOTH_POOL_SIZE", "0", "1 to 1000"),
    ],
)
def test_a_bad_value_names_its_variable_itself_and_what_is_accepted(variable, value, accepted):
    with pytest.raises(SettingError) as caught:
        ApiSettings.from_environment({variable: value})

    assert variable in str(caught.value)
    assert repr(value) in str(caught.value)
    assert accepted in str(caught.value)

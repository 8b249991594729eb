import socket

import pytest

from api.errors import AddressError
from api.listen import address_of, listening_socket


@pytest.fixture
def taken_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield taken.getsockname()[1]


def test_port_0_takes_a_free_port():
    with listening_socket("127.0.0.1", 0, another="--port 8123") as listening:
        assert address_of(listening) == f"http://127.0.0.1:{listening.getsockname()[1]}"


def test_a_connection_made_before_the_server_runs_waits():
    with (
        listening_socket("127.0.0.1", 0, another="--port 8123") as listening,
        socket.create_connection(listening.getsockname(), timeout=5) as early,
    ):
        assert early.getpeername() == listening.getsockname()


def test_a_taken_port_says_how_to_take_another(taken_port):
    with pytest.raises(AddressError) as caught:
        listening_socket("127.0.0.1", taken_port, another="--port 8123")

    assert str(caught.value) == (
        f"port {taken_port} on 127.0.0.1 is taken; stop what listens there or take another: --port 8123"
    )
    assert caught.value.port == taken_port


def test_a_port_that_was_given_back_is_free_at_once():
    first = listening_socket("127.0.0.1", 0, another="--port 8123")
    port = first.getsockname()[1]
    with socket.create_connection(("127.0.0.1", port)):
        accepted, _ = first.accept()
        accepted.close()
    first.close()

    with listening_socket("127.0.0.1", port, another="--port 8123") as again:
        assert again.getsockname()[1] == port


@pytest.mark.parametrize("host", ["192.0.2.1", "no host", "a" * 300, "host.invalid"])
def test_a_host_that_is_not_this_machine_is_named(host):
    with pytest.raises(AddressError, match="is no address of this machine"):
        listening_socket(host, 0, another="--port 8123")


def test_every_address_is_shown_as_one_that_a_browser_can_open():
    with listening_socket("0.0.0.0", 0, another="--port 8123") as listening:
        assert address_of(listening).startswith("http://127.0.0.1:")

"""A socket on the address to serve at, taken before anything is loaded, so that a taken port is said at once."""

import errno
import os
import socket

from api.errors import AddressError


def listening_socket(host: str, port: int, *, another: str) -> socket.socket:
    """A socket that listens on host and port (0: any free one); connections wait in it until the server runs.

    another: how to name another port, for the message ("--port 8123").
    Raises AddressError when the port is taken or may not be used, or the host is not one of this machine.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (socket.gaierror, UnicodeError) as error:
        raise AddressError(host, port, f"host {host!r} is no address of this machine; try --host 127.0.0.1") from error
    made = socket.socket(family, kind, protocol)
    if os.name == "posix":  # elsewhere this would let two servers share the port
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind(address)
        made.listen(128)
    except OSError as error:
        made.close()
        raise AddressError(host, port, _why(error, host, port, another)) from error
    return made


def _why(error: OSError, host: str, port: int, another: str) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} on {host} is taken; stop what listens there or take another: {another}"
    if error.errno == errno.EACCES:
        return f"port {port} on {host} may not be used by this user; take one above 1023: {another}"
    if error.errno == errno.EADDRNOTAVAIL:
        return f"host {host!r} is no address of this machine; try --host 127.0.0.1"
    return f"cannot listen on port {port} of {host}: {error.strerror}; take another: {another}"


def address_of(listening: socket.socket) -> str:
    """The url at which a browser on this machine reaches the socket, without a slash at its end."""
    host, port = listening.getsockname()[:2]
    if host in ("0.0.0.0", "::"):  # every address: the browser needs one
        host = "127.0.0.1" if host == "0.0.0.0" else "::1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

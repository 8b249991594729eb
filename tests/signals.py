"""Signals within the test's own process."""

import ctypes
import signal

_SS_DISABLE = 2


class _Stack(ctypes.Structure):
    """stack_t of <signal.h>."""

    _fields_ = (("sp", ctypes.c_void_p), ("flags", ctypes.c_int), ("size", ctypes.c_size_t))


def raise_signal(number: int) -> None:
    """Has this thread receive a signal.

    OpenVINO gives a thread a stack of its own for signals and, when a compiled model goes, leaves it pointing at memory
    that is gone: a signal would then end the process. Other tests have had such models.
    """
    if ctypes.CDLL(None).sigaltstack(ctypes.byref(_Stack(None, _SS_DISABLE, 0)), None):
        raise OSError("sigaltstack failed")
    signal.raise_signal(number)

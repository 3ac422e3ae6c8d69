"""A limit on the time of one computation, which ends it as Ctrl-C would: what was found until then is kept."""

from __future__ import annotations

import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType

from ..games.errors import InputError


class TimeIsUp(KeyboardInterrupt):
    """The limit was reached. Solvers that can give a partial answer catch it as they catch Ctrl-C."""


@contextmanager
def time_limit(seconds: float | None) -> Generator[None]:
    """Raise :class:`TimeIsUp` inside after ``seconds`` (None: never). Raises :class:`InputError` where the system cannot."""
    if seconds is None:
        yield
        return
    if not seconds > 0:
        raise InputError("time_limit={value!r} must be more than 0 seconds", value=seconds)
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        raise InputError("a time limit needs the main thread of a Unix system")

    def ring(number: int, frame: FrameType | None) -> None:
        raise TimeIsUp

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, float(seconds))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

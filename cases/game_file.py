"""Games in the file formats of other programs: Gambit ``.nfg``, GameTracer ``.gam``, action graphs ``.agg``; and their words and numbers.

Numbers are read exactly: ``0.1`` is one tenth, ``1/3`` a third. A game given in floats is written with their shortest decimals, so
that it comes back as those decimals, exact.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import NamedTuple, NoReturn

import numpy as np

from ..games.counted_game import RoleSymmetricGame
from ..games.errors import InputError, SizeError
from ..games.exact import Array, Number, is_long, number
from ..games.message import Message, say
from ..games.normal_form import NormalForm, check_size
from .faults import Faults
from .figures import shown
from .files import read_text

LARGEST = 100_000_000  # bytes of a game file
PIECE = 1_000_000  # characters of numbers converted at a time
NUMBER = re.compile(r"[+-]?(\d+/\d+|(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?)", re.ASCII)
WHOLE = re.compile(r"\d{1,15}", re.ASCII)
DECIMAL = re.compile(r"[+-]?\d{1,15}(\.\d{0,15})?", re.ASCII)
WORD, BREAK, MARKED = re.compile(r"[^\s,]+"), re.compile(r"[\s,]"), re.compile(r"[{}\[\]\"]")
WHOLES = re.compile(r"[-0-9\s,]*", re.ASCII)
TOKEN = re.compile(r'[\s,]*(?:(?P<text>"(?:\\"|[^"])*")|(?P<mark>[{}\[\]])|(?P<word>[^\s,{}\[\]"]+)|(?P<open>"))')

Game = NormalForm | RoleSymmetricGame


class Token(NamedTuple):
    """A word, a mark such as ``{``, or a text in quotes (``kind`` is ``word``, ``mark``, ``text`` or ``end``), and where it stands."""

    kind: str
    value: str
    place: int


class Words:
    """The words of a file, one after the other; what cannot be used is told with its line."""

    def __init__(self, path: Path, text: str) -> None:
        self.path, self.text = path, text
        self._place = 0
        self.next = self._step()

    def _step(self) -> Token:
        found = TOKEN.match(self.text, self._place)
        if found is None:
            return Token("end", "", len(self.text))
        kind = found.lastgroup or "end"
        if kind == "open":
            self.fail(found.start(kind), say('a text in quotes does not end; write \\" for a quote inside it'))
        self._place = found.end()
        value = found.group(kind)
        return Token(kind, value[1:-1].replace('\\"', '"') if kind == "text" else value, found.start(kind))

    def take(self) -> Token:
        """The next word."""
        token = self.next
        self.next = self._step()
        return token

    def fail(self, place: int, what: Message) -> NoReturn:
        """Raise :class:`CaseError`: at ``place`` it is as ``what`` says."""
        faults = Faults()
        faults.add(self.path, say("line {line}", line=self.text.count("\n", 0, place) + 1), what)
        faults.stop()
        raise AssertionError

    def wrong(self, token: Token, needed: Message) -> NoReturn:
        """Raise :class:`CaseError`: ``token`` stands where ``needed`` should."""
        if token.kind == "end":
            self.fail(token.place, say("the file ends where {needed} should stand", needed=needed))
        self.fail(token.place, say("{value!r} stands where {needed} should", value=shown(token.value), needed=needed))

    def mark(self, value: str) -> None:
        """Take the mark ``value``."""
        token = self.take()
        if token.kind != "mark" or token.value != value:
            self.wrong(token, say("a {mark}", mark=value))

    def label(self) -> str:
        """Take a text; a single word without quotes is one too."""
        token = self.take()
        if token.kind not in ("text", "word"):
            self.wrong(token, say("a text in quotes"))
        return token.value

    def whole(self, least: int = 0) -> int:
        """Take a whole number, at least ``least``."""
        token = self.take()
        if token.kind != "word" or not WHOLE.fullmatch(token.value) or int(token.value) < least:
            self.wrong(token, say("a whole number, at least {least}", least=least))
        return int(token.value)

    def number(self) -> Fraction:
        """Take an exact number."""
        return self._number(self.take())

    def numbers(self, n: int, what: Message) -> Array:
        """Take ``n`` numbers: ``int64`` if all are small whole numbers, Fractions otherwise. ``what`` names them where some are missing."""
        parts: list[Array] = []
        taken = 0
        while taken < n:
            token = self.next
            if token.kind == "end":
                self.fail(token.place, say("the file ends after {n} of {needed} numbers ({what})", n=taken, needed=n, what=what))
            if token.kind != "word":
                self.wrong(token, say("a number"))
            parts.append(self._piece(token.place, n - taken))
            taken += len(parts[-1])
        if all(part.dtype == np.int64 for part in parts):
            return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
        exact = [[Fraction(int(x)) for x in part] if part.dtype == np.int64 else part.tolist() for part in parts]
        result = np.empty(n, dtype=object)
        result[:] = [x for part in exact for x in part]
        return result

    def _piece(self, start: int, most: int) -> Array:
        """The words that stand one after the other from ``start``, at most ``most`` of them, as numbers: a piece of the file at a time."""
        found = BREAK.search(self.text, start + PIECE)
        stop = len(self.text) if found is None else found.start()
        special = MARKED.search(self.text, start, stop)
        piece = self.text[start : stop if special is None else special.start()]
        words = piece.replace(",", " ").split()
        if len(words) > most:
            words = words[:most]
            piece = piece[: self._offset(piece, most - 1) + len(words[-1])]
        self._place = start + len(piece)
        self.next = self._step()
        if WHOLES.fullmatch(piece) and max(map(len, words)) < 16:
            with suppress(ValueError):  # a sign in the middle of a word
                return np.array(list(map(int, words)), dtype=np.int64)
        result = np.empty(len(words), dtype=object)
        known: dict[str, Fraction] = {}
        for k, word in enumerate(words):
            value = known.get(word)
            if value is None:
                value = _exactly(word)
                if value is None:  # only now is its place worked out
                    value = self._number(Token("word", word, start + self._offset(piece, k)))
                known[word] = value
            result[k] = value
        return result

    @staticmethod
    def _offset(piece: str, k: int) -> int:
        """Where word ``k`` of ``piece`` starts."""
        return next(islice(WORD.finditer(piece), k, None)).start()

    def end(self, what: Message) -> None:
        """Nothing may follow."""
        if self.next.kind != "end":
            self.fail(self.next.place, say("{value!r} follows the last of {what}", value=shown(self.next.value), what=what))

    def _number(self, token: Token) -> Fraction:
        if token.kind != "word" or not NUMBER.fullmatch(token.value):
            self.wrong(token, say("a number such as 3, -0.5, 2/3"))
        try:
            return Fraction(number(token.value, "value"))
        except InputError:
            self.fail(token.place, say("{value!r} cannot be used: too many digits, or nothing to divide by", value=shown(token.value)))


def _exactly(word: str) -> Fraction | None:
    """``word`` as a number; None if it is none that can be used."""
    if DECIMAL.fullmatch(word):  # short, so not of too many digits
        whole, _, part = word.partition(".")
        return Fraction(int(whole + part), 10 ** len(part))
    if not NUMBER.fullmatch(word):
        return None
    with suppress(InputError):
        return Fraction(number(word))
    return None


def opened(path: Path, cleaned: Callable[[str], str] = str) -> Words:
    """The words of the file at ``path``. Raises :class:`CaseError` if it cannot be read."""
    faults = Faults()
    text = read_text(path, faults, LARGEST)
    faults.stop()
    return Words(path, cleaned(text or ""))


def sized(words: Words, place: int, sizes: list[int]) -> int:
    """The number of payoffs of a game of these sizes. Raises :class:`SizeError` if they do not fit, :class:`CaseError` if
    the rest of the file is too short to hold them.
    """
    cells = check_size(sizes)
    if words.text.find("{", place) < 0 and cells > (len(words.text) - place + 1) // 2:
        left = len(words.text) - place
        words.fail(place, say("a game of {sizes} actions has {cells} payoffs; the {left} characters left cannot hold them",
            sizes=sizes, cells=f"{cells:,}", left=left))  # fmt: skip
    return cells


def written(value: Number) -> str:
    """A number as the formats have it: whole, a decimal where it ends, ``p/q`` otherwise."""
    text = _decimal(Fraction(repr(value)) if isinstance(value, float) else Fraction(value))
    if len(text) > 40 and is_long(text):
        raise InputError("{value} has too many digits for a game file", value=value)
    return text


def _decimal(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    q, twos, fives = value.denominator, 0, 0
    while q % 2 == 0:
        q, twos = q // 2, twos + 1
    while q % 5 == 0:
        q, fives = q // 5, fives + 1
    places = max(twos, fives)
    if q > 1 or places > 30:
        return str(value)
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def quoted(label: str) -> str:
    """A text in quotes. Raises :class:`InputError` for one that the format cannot hold."""
    if label.endswith("\\") or "\0" in label:
        raise InputError("the name {label!r} ends with a backslash or holds a null character, which a game file cannot hold", label=label)
    return '"' + label.replace('"', '\\"') + '"'


def read_game(path: str | Path) -> Game:
    """The game in the file ``path``; its suffix says the format: ``.nfg``, ``.gam`` (:class:`NormalForm`) or ``.agg`` (counted).

    Raises :class:`CaseError` that names file, line, value and what would be right; :class:`SizeError` where it does not fit.
    """
    read, _ = _format(Path(path))
    try:
        return read(Path(path))
    except SizeError as error:
        raise SizeError("{file}: {what}", file=Path(path).name, what=error.message) from None


def write_game(game: Game, path: str | Path) -> None:
    """Write ``game`` to ``path``; the suffix says the format. In ``.nfg`` and ``.gam`` a counted game is written out with every player
    named.

    Raises :class:`InputError` where the format cannot hold it, :class:`SizeError` where it does not fit.
    """
    _, write = _format(Path(path))
    if not isinstance(game, (NormalForm, RoleSymmetricGame)):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InputError("only normal forms and counted games are written to game files, not {kind}", kind=type(game).__name__)
    text = write(game)
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError("the names hold {value!r}, which is no character", value=text[error.start]) from None
    try:
        Path(path).write_bytes(data)
    except OSError as error:
        raise InputError("{path} cannot be written: {reason}", path=str(path), reason=error.strerror or str(error)) from None


def table_of(game: Game) -> NormalForm:
    """The normal form of ``game``."""
    return game if isinstance(game, NormalForm) else game.normal_form()


def texts_of(table: Array, denominator: int) -> list[str]:
    """The numbers of ``table`` over ``denominator``, each written; equal ones are worked out once."""
    if table.dtype == np.float64:
        return [written(float(x)) for x in table.ravel()]
    known: dict[int, str] = {}
    return [known.get(x) or known.setdefault(x, written(Fraction(x, denominator))) for x in map(int, table.ravel())]


def _format(path: Path) -> tuple[Callable[[Path], Game], Callable[[Game], str]]:
    from . import agg, gam, nfg

    formats: dict[str, tuple[Callable[[Path], Game], Callable[[Game], str]]] = {
        ".nfg": (nfg.read_nfg, nfg.nfg_text),
        ".gam": (gam.read_gam, gam.gam_text),
        ".agg": (agg.read_agg, agg.agg_text),
    }
    found = formats.get(path.suffix.lower())
    if found is None:
        raise InputError("{file}: the name of a game file ends in one of {known}", file=path.name, known=list(formats))
    return found

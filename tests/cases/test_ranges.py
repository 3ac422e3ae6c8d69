"""Every parameter of every model may be set anywhere in its range: figures come out, or one clear refusal; nothing else."""

import json
import random
from contextlib import suppress
from fractions import Fraction

import pytest

from encompass import analyse
from encompass.cases.catalogue import case_names
from encompass.cases.load import load_case
from encompass.cases.models import is_model
from encompass.games.errors import EncompassError

SLOW = {"hand-over"}  # value iteration: seconds an analysis
MODELS = [
    (name, form)
    for name in case_names()
    for form, game in (("", load_case(name)), *load_case(name).forms.items())
    if is_model(game) and game.family not in SLOW
]


def drawn(parameter, rng):
    """A value of the parameter's range: an end, or anything between; whole where it was whole."""

    def one(value):
        low, high = parameter.range
        whole = Fraction(value).denominator == 1 and Fraction(low).denominator == 1 and high - low >= 2
        high = min(high, max(low, 4 * abs(value) + 4))  # far ends of sizes are for their own tests
        x = rng.choice([low, high, low + (high - low) * Fraction(rng.randint(0, 100), 100)])
        return Fraction(round(x)) if whole and low <= round(x) <= high else Fraction(x)

    def every(value):
        return [every(entry) for entry in value] if isinstance(value, list) else one(value)

    return every(parameter.value)


@pytest.mark.parametrize(("name", "form"), MODELS, ids=[f"{name}:{form}".rstrip(":") for name, form in MODELS])
def test_any_setting_is_answered_or_refused(name, form):
    rng = random.Random(f"{name}:{form}")
    game = load_case(name).forms[form] if form else load_case(name)
    free = [p for p in game.parameters if p.range is not None]
    for _ in range(6):
        settings = {(f"{form}." if form else "") + p.name: drawn(p, rng) for p in rng.sample(free, min(2, len(free)))}
        with suppress(EncompassError):
            changed = load_case(name, settings)
            json.dumps(analyse(changed.forms[form] if form else changed).to_dict(), allow_nan=False)

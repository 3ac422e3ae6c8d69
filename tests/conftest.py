"""What tests of several rooms share."""

from functools import cache

import pytest

from encompass.cases.check import check_case
from encompass.cases.load import load_case


@cache
def _checked(name):
    case = load_case(name)
    return case, check_case(case)


@pytest.fixture(scope="session")
def checked():
    """A shipped case and its check, computed once for all tests: some take half a minute."""
    return _checked

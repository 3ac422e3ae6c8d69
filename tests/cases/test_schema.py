"""The published form of a case file."""

import json
import tomllib

import pytest
from jsonschema import Draft202012Validator

from encompass import json_schema
from encompass.cases import schema
from encompass.cases.catalogue import FOLDER, case_names
from encompass.cases.new import KINDS, new_case
from encompass.games.errors import InputError

VERBS = ("analyse", "cases", "figure", "study", "show", "solve", "diagnose", "compare", "verify", "check", "new")


def test_the_published_form_is_that_of_the_loader():
    """If not: ``python -c "from encompass.cases.schema import publish; publish()"``."""
    assert json.loads(schema.PUBLISHED.read_text(encoding="utf-8")) == schema.json_schema() == json_schema("case")


@pytest.mark.parametrize("name", case_names())
def test_shipped_cases_have_it(name):
    data = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    Draft202012Validator(json_schema("case")).validate(data)


@pytest.mark.parametrize("kind", KINDS)
def test_new_cases_have_it(kind, tmp_path):
    path = new_case("mine", kind, tmp_path)[0]
    valid = Draft202012Validator(json_schema("case"))
    valid.validate(tomllib.loads(path.read_text(encoding="utf-8")))
    assert not valid.is_valid(tomllib.loads(path.read_text(encoding="utf-8").replace("family =", "familie =")))


def descriptions(form, path="$"):
    """Every part of a schema that stands for a value, and whether it is described."""
    if isinstance(form, dict):
        for name, part in form.get("properties", {}).items():
            yield f"{path}.{name}", part
        for key, part in form.items():
            yield from descriptions(part, f"{path}.{key}")
    elif isinstance(form, list):
        for k, part in enumerate(form):
            yield from descriptions(part, f"{path}[{k}]")


@pytest.mark.parametrize("verb", VERBS)
def test_schemas_of_answers(verb):
    form = json_schema(verb)
    Draft202012Validator.check_schema(form)
    assert form["$schema"].endswith("2020-12/schema")
    assert form["$id"] == f"encompass/{verb}/1"
    assert form["additionalProperties"] is False
    assert form["required"] == list(form["properties"])
    for path, part in descriptions(form):
        known = "const" in part or "enum" in part or path.startswith("$.$defs.certificate") or ".value" in path
        assert part.get("description") or known, path
        assert "\n" not in part.get("description", "")


@pytest.mark.parametrize(
    ("value", "holds"),
    [("3/5", True), ("-8", True), (0.25, True), ("inf", True), ("-inf", True), ("1/0", False), ("0.5", False), ("", False), (None, False)],
)
def test_exact_numbers(value, holds):
    form = json_schema("solve")
    assert Draft202012Validator(form["$defs"]["number"]).is_valid(value) == holds


def test_a_name_without_a_schema():
    with pytest.raises(InputError, match="name='sweep' is not known; one of analyse, audit, case, cases, check"):
        json_schema("sweep")

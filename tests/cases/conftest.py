"""Case files to break: both forms that ``encompass new`` writes, edited by replacing pieces of their text."""

import pytest

from encompass.cases.new import new_case


@pytest.fixture
def case_file(tmp_path):
    """Writes a case of ``kind`` with ``edits`` (file suffix, old text, new text); gives the path of the case file."""

    def write(kind="table", *edits):
        paths = new_case("mine", kind, tmp_path)
        for suffix, old, new in edits:
            (path,) = (path for path in paths if path.name.endswith(suffix))
            text = path.read_text(encoding="utf-8")
            assert old in text, f"{old!r} is not in {path.name}"
            path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return paths[0]

    return write

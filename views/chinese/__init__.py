"""The Chinese of every sentence, by its English template."""

from __future__ import annotations

from . import advice, bimatrix, coalitions, counted, decomposition, dynamics, families, formats, response, road, solving

CHINESE: dict[str, str] = {
    **road.SENTENCES,
    **bimatrix.SENTENCES,
    **counted.SENTENCES,
    **response.SENTENCES,
    **advice.SENTENCES,
    **coalitions.SENTENCES,
    **decomposition.SENTENCES,
    **families.SENTENCES,
    **dynamics.SENTENCES,
    **formats.SENTENCES,
    **solving.SENTENCES,
}

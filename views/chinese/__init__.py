"""The Chinese of every sentence, by its English template."""

from __future__ import annotations

from . import (
    advice,
    auctions,
    audit,
    bargaining,
    bimatrix,
    burdens,
    coalitions,
    contracts,
    counted,
    decomposition,
    direct,
    discussion,
    dynamics,
    families,
    formats,
    funding,
    response,
    road,
    solving,
    voting,
)

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
    **auctions.SENTENCES,
    **contracts.SENTENCES,
    **direct.SENTENCES,
    **funding.SENTENCES,
    **burdens.SENTENCES,
    **discussion.SENTENCES,
    **voting.SENTENCES,
    **bargaining.SENTENCES,
    **audit.SENTENCES,
}

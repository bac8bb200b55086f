"""What a side of a relation does, where the data name the side by a property only."""

from typing import Final

from akteursmodell.errors import Text

__all__ = ["ROLE_OF_AGREEMENT", "SIDES", "TOWARD"]

# By kind of agreement; the empty name stands for every other kind.
ROLE_OF_AGREEMENT: Final[dict[str, dict[str, Text]]] = {
    "principal": {
        "": Text("beauftragt", "commissions"),
        "agreement-cooperation": Text("ist Vertragspartner", "is a party"),
        "agreement-performance": Text("vereinbart die Leistung", "agrees on the service"),
        "agreement-grant": Text("bewilligt", "awards"),
    },
    "agent": {
        "": Text("führt im Auftrag durch", "carries out under contract"),
        "agreement-cooperation": Text("ist Vertragspartner", "is a party"),
        "agreement-performance": Text("erbringt die Leistung", "provides the service"),
        "agreement-grant": Text("erhält die Bewilligung", "receives the award"),
    },
}

# The other side of a responsibility, by its kind.
TOWARD: Final[dict[str, Text]] = {
    "involvement": Text("bezieht ein", "involves"),
    "hearing": Text("beteiligt", "hears"),
    "coordination": Text("wird abgestimmt mit", "is coordinated with"),
    "legal-supervision": Text("steht unter Rechtsaufsicht", "is supervised for legality"),
    "special-supervision": Text("steht unter Sonderaufsicht", "is under special supervision"),
    "expert-supervision": Text("steht unter Fachaufsicht", "is supervised for expediency"),
}

# The sides of the relations that have two and no more, by class and property.
SIDES: Final[dict[str, dict[str, Text]]] = {
    "Funding": {"funder": Text("finanziert", "funds")},
    "Belonging": {
        "part": Text("gehört dazu", "belongs to it"),
        "whole": Text("umfasst", "comprises"),
    },
    "BoardMembership": {
        "seatHolder": Text("hat den Sitz", "holds the seat"),
        "seatIn": Text("vergibt den Sitz", "gives the seat"),
    },
    "Stake": {
        "stakeHolder": Text("hält den Anteil", "holds the stake"),
        "stakeIn": Text("gehört zu diesem Anteil", "is owned to that part"),
    },
    "SpaceDefinition": {
        "definer": Text("legt fest", "defines"),
        "spaceUser": Text("nutzt", "uses"),
    },
}

"""The whole vocabulary of "no". Anything else that goes wrong is a bug."""


class Refusal(Exception):
    """A request that the house declines, with sentences that the person may read."""

    def __init__(self, *reasons: str):
        super().__init__(*reasons)
        self.reasons = reasons


class Forbidden(Refusal):
    """The person may not do this (403)."""


class WrongState(Refusal):
    """The thing is not in a state from which this can be done (409)."""


class Stale(WrongState):
    """Somebody else saved the same record in between (409)."""


class Unmet(Refusal):
    """The conditions of the step are not met; every reason is given at once (422)."""

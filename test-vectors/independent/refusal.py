"""How a delivery is refused."""


class Refused(Exception):
    """Refused for a reason; `authentic` says whether the sender's proof was right."""

    def __init__(self, reason, authentic=False):
        super().__init__(reason)
        self.code = "ERR_WEBHOOK_" + reason
        self.authentic = authentic

"""Headers that carry a proof, a time or a name: what they may look like."""

from independent.refusal import Refused

MAX_LENGTH = 4096
MAX_PARTS = 16


class Headers:
    """The header pairs of one request. Names are compared without regard to case."""

    def __init__(self, pairs):
        self.pairs = [(name.lower(), value) for name, value in pairs]

    def all(self, name):
        return [value for given, value in self.pairs if given == name.lower()]

    def whole(self, name, required=False):
        """The one value of a header that may hold commas."""
        values = self.all(name)
        if not values and not required:
            return None
        if not values:
            raise Refused("HEADER_MISSING")
        if len(values) > 1:
            raise Refused("HEADER_AMBIGUOUS")
        if values[0] == "" or len(values[0]) > MAX_LENGTH:
            raise Refused("HEADER_MALFORMED")
        return values[0]

    def single(self, name, required=False):
        """The one value of a header that holds a single thing."""
        value = self.whole(name, required)
        return None if value is None else without_comma(value)


def without_comma(text):
    """Some platforms join a header that came twice with a comma: where none belongs, it tells."""
    if "," in text:
        raise Refused("HEADER_AMBIGUOUS")
    return text


def split(text, separator, prefix=""):
    """Two headers that were joined leave more commas than the scheme puts there, or a blank before a part."""
    parts = text.split(separator)
    if len(parts) > MAX_PARTS:
        raise Refused("HEADER_MALFORMED")
    if any(part.count(",") > prefix.count(",") for part in parts):
        raise Refused("HEADER_AMBIGUOUS")
    if any(part.startswith(" ") for part in parts[1:]):
        raise Refused("HEADER_AMBIGUOUS")
    return parts


def members_of(text, separator, prefix):
    """What follows the prefix in those members of a list that have it."""
    return [member[len(prefix):] for member in split(text, separator, prefix) if member.startswith(prefix)]


def pairs_of(text, separator):
    return [part.partition("=")[::2] for part in split(text, separator)]


def only_pair(pairs, name):
    """The value of a pair that must be there once."""
    values = [value for key, value in pairs if key == name]
    if len(values) > 1:
        raise Refused("HEADER_AMBIGUOUS")
    if not values:
        raise Refused("HEADER_MALFORMED")
    return values[0]


def after(prefix, text):
    if not text.startswith(prefix):
        raise Refused("HEADER_MALFORMED")
    return text[len(prefix):]

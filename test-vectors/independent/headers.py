"""Parses headers that carry a proof, a time or a name."""

import re

from independent.refusal import Refused

MAX_LENGTH = 4096
MAX_PARTS = 16


class Headers:
    """The header pairs of one request. Names are case-insensitive."""

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

    def repeated(self, name):
        """The values of a header that may be repeated, which platforms join with a comma."""
        values = [value for line in self.all(name) for value in line.split(",")]
        if not values:
            raise Refused("HEADER_MISSING")
        if values == [""] or len(", ".join(self.all(name))) > MAX_LENGTH or len(values) > MAX_PARTS:
            raise Refused("HEADER_MALFORMED")
        return values[:1] + [value.lstrip(" \t") for value in values[1:]]

    def single(self, name, required=False):
        """The one value of a header that holds a single thing."""
        value = self.whole(name, required)
        return None if value is None else without_comma(value)


def signature_headers(signature):
    """Every header that may carry a signature."""
    header, more = signature["header"], signature.get("moreHeaders", [])
    if more != "numbered":
        return [header, *more]
    stem, first = re.fullmatch(r"(.*\D)(\d+)", header).groups()
    return [f"{stem}{int(first) + index}" for index in range(MAX_PARTS)]


def without_comma(text):
    """Some platforms join a repeated header with a comma, so a comma where none belongs means a repeated header."""
    if "," in text:
        raise Refused("HEADER_AMBIGUOUS")
    return text


def split(text, separator, commas=0):
    """Two joined headers have more commas than the scheme uses, or a space before a part."""
    parts = text.split(separator)
    if len(parts) > MAX_PARTS:
        raise Refused("HEADER_MALFORMED")
    if commas is not None and any(part.count(",") > commas for part in parts):
        raise Refused("HEADER_AMBIGUOUS")
    if any(part.startswith(" ") for part in parts[1:]):
        raise Refused("HEADER_AMBIGUOUS")
    return parts


def members_of(text, separator, prefix):
    """The members of a list, not decoded."""
    return split(text, separator, prefix.count(","))


def grouped_pairs(text, form):
    """The pairs of each group. A header without groups is one group, and each value of a pair makes a pair."""
    if "groups" not in form:
        return [pairs_of(text, form)]
    groups = []
    for group in split(text, form["groups"]["separator"], commas=None):
        groups.append(pairs_of(group, form))
        if group.endswith(","):
            raise Refused("HEADER_AMBIGUOUS")
    return groups


def pairs_of(text, form):
    separator, inner = form["separator"], form.get("values", {}).get("separator")
    parts = split(text, separator, commas=None if inner and inner != separator and "," in inner else 0)
    pairs = []
    for part in parts:
        name, mark, value = part.partition("=")
        if inner == separator and not mark and pairs:
            pairs.append((pairs[-1][0], part))
        elif inner is None or inner == separator:
            pairs.append((name, value))
        else:
            values = split(value, inner)
            if any(re.search("[^=]=[^=]", one) for one in values):
                raise Refused("HEADER_AMBIGUOUS")
            pairs.extend((name, one) for one in values)
    return pairs


def only_pair(pairs, name):
    """The value of a pair that must occur exactly once."""
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

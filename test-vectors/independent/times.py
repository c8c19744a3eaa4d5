"""Parses the times that senders write, and checks the time window."""

import datetime
import re

from independent.headers import grouped_pairs, only_pair, signature_headers, split
from independent.refusal import Refused

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
ISO_TIME = r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.([0-9]{1,9}))?(Z|[+-][0-9]{2}:[0-9]{2})"


def milliseconds(text, unit):
    """Milliseconds since the epoch, or None if the text is not exactly in the time's format."""
    if unit != "iso8601":
        plain = re.fullmatch(r"0|[1-9][0-9]{0,14}", text)
        return int(text) * (1000 if unit == "s" else 1) if plain else None
    match = re.fullmatch(ISO_TIME, text)
    if not match:
        return None
    clock, fraction, zone = match.groups()
    try:
        moment = datetime.datetime.strptime(clock + zone.replace("Z", "+00:00"), "%Y-%m-%dT%H:%M:%S%z")
    except ValueError:
        return None
    return (moment - EPOCH) // datetime.timedelta(seconds=1) * 1000 + int((fraction or "0").ljust(3, "0")[:3])


def header_time(scheme, headers):
    """The time of a header, as text and as milliseconds, or None if the scheme has no time in a header."""
    source = scheme.get("timestamp")
    if not source or "header" not in source:
        return "", None
    if "key" in source or "position" in source:
        text = time_beside_signatures(scheme, source, headers)
    else:
        text = headers.single(source["header"], required=True)
    time = milliseconds(text, source["unit"])
    if time is None:
        raise Refused("TIMESTAMP_MALFORMED")
    return text, time


def time_position(scheme):
    """The index of the time in the signatures' list."""
    return (scheme.get("timestamp") or {}).get("position")


def time_beside_signatures(scheme, source, headers):
    """If several groups have a time, it must be the same in each."""
    signature, stated = scheme["signature"], []
    for name in signature_headers(signature):
        value = headers.whole(name)
        if value is None:
            continue
        if "key" in source:
            stated += [only_pair(group, source["key"]) for group in grouped_pairs(value, signature["pairs"])]
        else:
            members = split(value, signature["list"]["separator"], commas=None)
            others = [member for index, member in enumerate(members) if index != source["position"]]
            if any(milliseconds(member, source["unit"]) is not None for member in others):
                raise Refused("HEADER_AMBIGUOUS")
            if source["position"] >= len(members):
                raise Refused("HEADER_MALFORMED")
            stated.append(members[source["position"]])
    if len(set(stated)) > 1:
        raise Refused("HEADER_AMBIGUOUS")
    return stated[0]


def check_window(time, now, tolerance):
    """A time exactly at an edge of the window is accepted."""
    both = isinstance(tolerance, (int, float))
    past, future = (tolerance, tolerance) if both else (tolerance["past"], tolerance["future"])
    if time is not None and now - time > past * 1000:
        raise Refused("TIMESTAMP_TOO_OLD", authentic=True)
    if time is not None and time - now > future * 1000:
        raise Refused("TIMESTAMP_TOO_NEW", authentic=True)

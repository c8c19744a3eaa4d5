"""Reads the payload, id, time and event from an authentic body."""

import json
import re
import urllib.parse

from independent.refusal import Refused
from independent.times import milliseconds

MAX_FORM_FIELDS = 1000


def payload_of(scheme, request, body):
    """The parsed payload, or None if the scheme keeps it as bytes. Unsigned headers do not decide how it is parsed."""
    kind = scheme.get("payload", "json")
    field = scheme.get("formJsonField")
    if kind == "bytes":
        return None
    if kind == "query-or-body" and not body:
        token = scheme["signature"].get("query")
        fields = fields_of(request["url"].partition("?")[2])
        return {name: value for name, value in fields.items() if name != token} or malformed()
    try:
        text = body.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        malformed()
    if kind == "form":
        return form_of(text, field)
    try:
        return parse_json(text)
    except (ValueError, RecursionError):
        pass
    wraps_json = field is not None and text.startswith(f"{field}=")
    is_form = "=" in text and text.strip()[:1] not in ("{", "[")
    return form_of(text, field) if (wraps_json if kind == "json" else is_form) else malformed()


def form_of(text, field):
    fields = fields_of(text)
    if field not in fields:
        return fields
    if isinstance(fields[field], list) or not text.startswith(f"{field}="):
        malformed()
    try:
        return parse_json(fields[field])
    except (ValueError, RecursionError):
        malformed()


def malformed():
    raise Refused("PAYLOAD_MALFORMED", authentic=True) from None


def parse_json(text):
    return json.loads(text, parse_constant=refuse_constant)


def refuse_constant(name):
    """Python's parser accepts NaN and Infinity, which are not JSON."""
    raise ValueError(name)


def fields_of(text):
    if text.count("&") >= MAX_FORM_FIELDS:
        malformed()
    fields = {}
    for name, value in urllib.parse.parse_qsl(text, keep_blank_values=True):
        fields.setdefault(name, []).append(value)
    return {name: values if len(values) > 1 else values[0] for name, values in fields.items()}


def at(payload, pointer):
    """The value under a JSON pointer (RFC 6901), or None."""
    for segment in pointer.split("/")[1:]:
        name = segment.replace("~1", "/").replace("~0", "~")
        if isinstance(payload, dict):
            payload = payload.get(name)
        elif isinstance(payload, list) and re.fullmatch(r"0|[1-9][0-9]*", name) and int(name) < len(payload):
            payload = payload[int(name)]
        else:
            return None
    return payload


def whole_number(value):
    """The text of an integer that every language parses to the same value, or None."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    if isinstance(value, float) and not value.is_integer():
        return None
    return str(int(value)) if abs(value) < 2**53 else None


def body_time(scheme, payload):
    """The time a signed body states, in milliseconds."""
    source = scheme.get("timestamp")
    if not source or "json" not in source:
        return None
    value = at(payload, source["json"])
    if value is None or value == "":
        raise Refused("TIMESTAMP_MISSING", authentic=True)
    text = value if isinstance(value, str) else whole_number(value)
    time = milliseconds(text, source["unit"]) if text is not None else None
    if time is None:
        raise Refused("TIMESTAMP_MALFORMED", authentic=True)
    return time


def id_in(payload, source):
    value = at(payload, source["json"]) if source and "json" in source else None
    return (value or None) if isinstance(value, str) else whole_number(value)


def event_in(payload, event_type):
    """The event's name, if the signature covers it. A name that the scheme defines is preferred."""
    if "value" in event_type:
        return event_type["value"]
    pointers = event_type.get("json", [])
    names = [at(payload, pointer) for pointer in ([pointers] if isinstance(pointers, str) else pointers)]
    return next((name for name in names if isinstance(name, str) and name != ""), None)

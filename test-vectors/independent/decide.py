"""Decides about one delivery, step by step, in the order of the receivers' checks."""

import base64
import hashlib
import re
import zlib

from independent.headers import Headers
from independent.payloads import body_time, event_in, id_in, payload_of
from independent.proofs import matching_secret, offered_proofs
from independent.refusal import Refused
from independent.times import check_window, header_time, time_position

MAX_BODY_BYTES = 1024 * 1024
TOLERANCE_SECONDS = 300


def decide(scheme, secrets, options, case):
    """Returns the fields of a valid delivery. Raises Refused for every other request."""
    request, now = case["request"], case["now"]
    headers = Headers(request["headers"])
    limit = options.get("maxBodyBytes", scheme.get("maxBodyBytes", MAX_BODY_BYTES))
    tolerance = options.get("toleranceSeconds", scheme.get("toleranceSeconds", TOLERANCE_SECONDS))
    if request["method"] not in scheme.get("methods", ["POST"]):
        raise Refused("METHOD_NOT_ALLOWED")
    announced = announced_length(headers, limit)
    refuse_encoded(headers, scheme)
    proofs = offered_proofs(scheme["signature"], headers, request["url"], time_position(scheme))
    time_text, time = header_time(scheme, headers)
    delivery_id, event = names_in(headers, scheme)
    body = body_bytes(request["body"])
    if len(body) > limit:
        raise Refused("BODY_TOO_LARGE")
    was_decoded = headers.all("content-encoding") and not is_gzip(body)
    if announced is not None and announced != len(body) and not was_decoded:
        raise Refused("BODY_INCOMPLETE")
    if scheme.get("contentEncoding") == "decoded":
        body = decompressed(body, limit, authentic=False)
    values = {
        "body": body,
        "bodySha256Hex": hashlib.sha256(body).hexdigest().encode(),
        "bodySha256Base64": base64.b64encode(hashlib.sha256(body).digest()),
        "timestamp": time_text.encode(),
        "id": (delivery_id or "").encode(),
        "method": request["method"].encode(),
        "url": scheme.get("url", "").encode(),
    }
    secret_id = matching_secret(scheme, secrets, proofs, values, now)
    check_window(time, now, tolerance)
    if scheme.get("contentEncoding") == "as-sent":
        body = decompressed(body, limit, authentic=True)
    payload = payload_of(scheme, request, body)
    if time is None:
        time = body_time(scheme, payload)
        check_window(time, now, tolerance)
    signed_event = event_in(payload, scheme.get("eventType", {}))
    return {
        "secretId": secret_id,
        "id": id_in(payload, scheme.get("deliveryId")) or delivery_id or id_in(payload, scheme.get("eventId")),
        "event": event if signed_event is None else signed_event,
        "timestamp": time,
    }


def announced_length(headers, limit):
    values = headers.all("content-length")
    if not values:
        return None
    if len(values) > 1 or not re.fullmatch(r"[0-9]{1,15}", values[0]):
        raise Refused("HEADER_MALFORMED")
    if int(values[0]) > limit:
        raise Refused("BODY_TOO_LARGE")
    return int(values[0])


def refuse_encoded(headers, scheme):
    codings = headers.all("content-encoding")
    taken = ("", "identity", "gzip") if "contentEncoding" in scheme else ("", "identity")
    if len(codings) > 1 or any(coding.lower() not in taken for coding in codings):
        raise Refused("BODY_ENCODED")


def is_gzip(body):
    return body[:2] == b"\x1f\x8b"


def decompressed(body, limit, authentic):
    """The body, decompressed if its bytes begin as gzip."""
    if not is_gzip(body):
        return body
    stream = zlib.decompressobj(wbits=31)
    try:
        content = stream.decompress(body, limit + 1)
    except zlib.error:
        raise Refused("BODY_ENCODED", authentic=authentic) from None
    if len(content) > limit:
        raise Refused("BODY_TOO_LARGE")
    if not stream.eof:
        raise Refused("BODY_ENCODED", authentic=authentic)
    return content


def names_in(headers, scheme):
    """The delivery id and the event from the headers. Both are optional, unless the id is signed."""
    id_header = scheme.get("deliveryId", {}).get("header")
    event_header = scheme.get("eventType", {}).get("header")
    id_is_signed = "{id}" in scheme.get("signedContent", "")
    delivery_id = headers.single(id_header, required=id_is_signed) if id_header else None
    # "a.b" before ".body" and "a" before ".b.body" are the same signed bytes.
    if id_is_signed and any(end in delivery_id for end in id_ends(scheme["signedContent"])):
        raise Refused("HEADER_MALFORMED")
    event = headers.single(event_header) if event_header else None
    for attribute in scheme.get("attributes", {}).values():
        headers.single(attribute["header"])
    return delivery_id, event


def id_ends(template):
    """The characters next to the id in the signed text: after it if the body follows, before it if the body precedes."""
    before, _, after = re.split(r"(\{body[A-Za-z0-9]*\})", template)
    return re.findall(r"\{id\}(.)", before, re.DOTALL) + re.findall(r"(.)\{id\}", after, re.DOTALL)


def body_bytes(body):
    """The body from base64, or from a recipe if it is too large for a file."""
    if isinstance(body, str):
        return base64.b64decode(body, validate=True)
    return b"".join(base64.b64decode(part["repeat"], validate=True) * part["times"] for part in body)

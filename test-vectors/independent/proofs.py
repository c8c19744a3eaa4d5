"""Reads the proofs of a request, and checks which secret gives one of them."""

import base64
import binascii
import hashlib
import hmac
import re
import urllib.parse

from independent.headers import MAX_PARTS, after, grouped_pairs, members_of, signature_headers, without_comma
from independent.refusal import Refused
from independent.times import milliseconds

HASHES = {
    "hmac-sha1": hashlib.sha1,
    "hmac-sha256": hashlib.sha256,
    "hmac-sha384": hashlib.sha384,
    "hmac-sha512": hashlib.sha512,
}
ALPHABETS = {"hex": r"(?:[0-9A-Fa-f]{2})*", "base64": r"[A-Za-z0-9+/]*={0,2}", "base64url": r"[A-Za-z0-9_-]*"}


def decode(text, encoding):
    """The bytes, or None unless the text is the canonical spelling of the encoding. Hex may be in either case."""
    if not re.fullmatch(ALPHABETS[encoding], text):
        return None
    if encoding == "hex":
        return bytes.fromhex(text)
    other = b"-_" if encoding == "base64url" else None
    padding = "=" * (-len(text) % 4) if encoding == "base64url" else ""
    try:
        raw = base64.b64decode(text + padding, other, validate=True)
    except (ValueError, binascii.Error):
        return None
    return raw if base64.b64encode(raw, other).decode() == text + padding else None


def offered_proofs(signature, headers, url, time_position=None):
    """Every proof of the request, as bytes. A request without one is refused."""
    if signature["algorithm"] == "basic":
        return [offered_credentials(headers.single("authorization", required=True))]
    if signature["algorithm"] == "token":
        return [offered_query_token(signature["query"], url) if "query" in signature else offered_token(signature, headers)]
    size = HASHES[signature["algorithm"]]().digest_size
    names = [name for name in signature_headers(signature) if headers.all(name)]
    if not names:
        raise Refused("HEADER_MISSING")
    written = [text for name in names for text in written_macs(signature, headers, name, time_position)]
    macs = [decode(text, signature["encoding"]) for text in written]
    macs = [mac for mac in macs if mac is not None and len(mac) == size]
    if not macs or len(macs) > MAX_PARTS:
        raise Refused("HEADER_MALFORMED")
    return macs


def written_macs(signature, headers, name, time_position):
    prefix = signature.get("prefix", "")
    if "pairs" in signature:
        form = signature["pairs"]
        keys = [form["key"], *form.get("moreKeys", [])]
        groups = grouped_pairs(headers.whole(name), form)
        return [value for group in groups for key, value in group if key in keys]
    if "list" in signature:
        members = members_of(headers.whole(name), signature["list"]["separator"], prefix)
    elif signature.get("repeats"):
        members = headers.repeated(name)
    else:
        return [after(prefix, without_comma(headers.whole(name)))]
    members = [member for index, member in enumerate(members) if index != time_position]
    return [member[len(prefix):] for member in members if member.startswith(prefix)]


def offered_credentials(text):
    match = re.fullmatch(r"basic ([^ ]+)", text, re.IGNORECASE)
    raw = decode(match.group(1), "base64") if match else None
    if raw is None or b":" not in raw:
        raise Refused("HEADER_MALFORMED")
    return raw


def offered_token(signature, headers):
    token = after(signature.get("prefix", ""), headers.single(signature["header"], required=True))
    if token == "" or any(ord(character) > 255 for character in token):
        raise Refused("HEADER_MALFORMED")
    return token.encode("latin-1")


def offered_query_token(name, url):
    fields = urllib.parse.parse_qsl(url.partition("?")[2], keep_blank_values=True)
    tokens = [value for key, value in fields if key == name]
    if len(tokens) > 1:
        raise Refused("HEADER_AMBIGUOUS")
    if not tokens or tokens[0] == "":
        raise Refused("HEADER_MISSING")
    return tokens[0].encode()


def key_of(secret, scheme):
    """The bytes of a secret in a vector file."""
    if "base64" in secret:
        return base64.b64decode(secret["base64"])
    if "username" in secret:
        return f"{secret['username']}:{secret['password']}".encode()
    text, notation = secret["text"], scheme.get("secret", {"encoding": "utf8"})
    if scheme["signature"]["algorithm"] in ("token", "basic") or notation["encoding"] == "utf8":
        return text.encode()
    prefixes = notation.get("prefix", [])
    prefixes = [prefixes] if isinstance(prefixes, str) else prefixes
    prefix = next((one for one in prefixes if text.startswith(one)), "")
    encoded = text[len(prefix):]
    if notation["encoding"] == "hex":
        return bytes.fromhex(encoded)
    return base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True)


def signed_content(template, values):
    pieces = re.split(r"\{(body|bodySha256Hex|bodySha256Base64|timestamp|id|method|url)\}", template)
    return b"".join(values[piece] if index % 2 else piece.encode() for index, piece in enumerate(pieces))


def matching_secret(scheme, secrets, proofs, values, now):
    """The name of the secret that gives one of the proofs, or its index in the list."""
    algorithm = scheme["signature"]["algorithm"]
    expired = False
    for index, secret in enumerate(secrets):
        expected = key_of(secret, scheme)
        if algorithm in HASHES:
            expected = hmac.new(expected, signed_content(scheme["signedContent"], values), HASHES[algorithm]).digest()
        if not any(hmac.compare_digest(proof, expected) for proof in proofs):
            continue
        if "notAfter" not in secret or now <= milliseconds(secret["notAfter"], "iso8601"):
            return secret.get("id", str(index))
        expired = True
    raise Refused("SECRET_EXPIRED" if expired else "SIGNATURE_MISMATCH")

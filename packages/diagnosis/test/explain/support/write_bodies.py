"""Writes one JSON value, read from stdin, as Python and other languages write it. Prints name -> base64."""
import base64
import gzip
import html
import json
import sys
import unicodedata
import urllib.parse

value = json.load(sys.stdin)
compact = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
bodies = {
    "dumps": json.dumps(value),
    "dumps-sorted": json.dumps(value, sort_keys=True),
    "dumps-utf8": json.dumps(value, ensure_ascii=False),
    "dumps-compact": json.dumps(value, separators=(",", ":")),
    "dumps-canonical": json.dumps(value, separators=(",", ":"), sort_keys=True, ensure_ascii=False),
    "dumps-indent-2": json.dumps(value, indent=2),
    "dumps-indent-4": json.dumps(value, indent=4, ensure_ascii=False),
    "dumps-indent-4-sorted": json.dumps(value, indent=4, sort_keys=True),
    "dumps-tab": json.dumps(value, indent="\t", ensure_ascii=False),
    "php": json.dumps(value, separators=(",", ":")).replace("/", "\\/"),
    "go": compact.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"),
    "quote-plus": "payload=" + urllib.parse.quote_plus(compact),
    "quote": "payload=" + urllib.parse.quote(compact, safe=""),
}
damaged = {
    "gzip": gzip.compress(compact.encode()),
    "mojibake": compact.encode().decode("latin-1").encode(),
    "utf-16": compact.encode("utf-16"),
    "nfd": unicodedata.normalize("NFD", compact).encode(),
    "repr": repr(compact.encode()).encode(),
    "html": html.escape(compact).encode(),
    "percent": urllib.parse.quote(compact, safe="").encode(),
}
encode = lambda content: base64.b64encode(content if isinstance(content, bytes) else content.encode()).decode()
json.dump(
    {
        "compact": encode(compact),
        "signed": {name: encode(text) for name, text in bodies.items()},
        "received": {name: encode(content) for name, content in damaged.items()},
    },
    sys.stdout,
)

/** Every fault a check can name, and what to do about it. Names are part of the public API; the advice may change. */
export const faults = {
  'hangs-on-valid': 'Answer every request: look for a code path that returns without an answer.',
  'drops-valid':
    'The connection was closed before an answer: look for a crash in the receiver, or in a proxy in front of it.',
  'not-found': 'Check the URL: this answer depends only on the path and the method.',
  redirects: 'Answer at the URL itself: senders do not follow redirects, or follow them without the body.',
  'answers-410': 'Answer with another status: senders end the subscription on 410.',
  'fails-on-valid':
    'The handler failed on a valid delivery. Pass a payload it can handle with --payload, or see its log.',
  'refuses-valid':
    'The secret, the scheme or the body differs from what the sender signs: save a request with "countersign listen" and run "countersign explain" on it.',
  'answers-late':
    'Answer first and do the work later: otherwise senders count the delivery as failed and send it again.',
  're-serialises-body':
    'Verify the raw bytes, before any parser: JSON that was parsed and written again has other bytes.',
  'decodes-body': 'Verify bytes, not text: decoding the body with a charset other than UTF-8 changes it.',
  'loses-body': 'A parser read the body first, so that nothing was left to verify: keep the raw bytes.',
  'accepts-forged': 'Verify the signature, and answer 401 if it does not match.',
  'fails-on-forged':
    'Answer 401 to what you refuse: after 5xx the sender retries, and real failures are hard to see among these.',
  'handles-refused': 'Verify before anything else: the handler ran for a request that was refused.',
  'hangs-on-refused': 'Answer every request you refuse: look for a return without an answer.',
  'crashes-on-short-signature':
    'Check the length before comparing: timingSafeEqual and similar functions throw if the lengths differ.',
  'dies-on-short-signature':
    'Check the length before comparing (timingSafeEqual throws if the lengths differ), and catch errors: one request must not end the process.',
  'crashes-on-malformed':
    'Refuse with 4xx what cannot be parsed: nothing a stranger sends may cause a server error.',
  'dies-on-malformed': 'Catch errors while reading a request: one request must not end the process.',
  'accepts-truncated-signature':
    'Compare the whole signature, in constant time: with startsWith, or only the length of the shorter one, an attacker can guess it byte by byte.',
  'accepts-longer-signature':
    'Compare the whole signature: bytes before or after the right one were ignored.',
  'lenient-encoding':
    'Compare the texts, or use a strict decoder: one that skips other characters accepts many texts for one signature.',
  'accepts-missing-signature': 'Refuse a request without a signature, or with an empty one.',
  'accepts-empty-key':
    'Refuse to start without a secret: an unset variable must not become an empty key, with which anyone can sign.',
  'accepts-guessable-key':
    'Refuse to start without a secret: the text of an unset variable ("undefined", "null") or a placeholder is a well-known key.',
  'ignores-signature-prefix': "Accept a signature only in the scheme's own format, with its prefix.",
  'accepts-other-algorithm': 'Set the algorithm in the receiver: a request must not choose it.',
  'accepts-tampered-body': 'Compute the signature over the same body that you then use.',
  'reads-first-piece': 'Read the body to its end: it may arrive in several pieces.',
  'garbles-split-characters':
    'Join the pieces of the body as bytes before decoding them: a character may be split between two pieces.',
  'case-sensitive-headers': 'Look up headers case-insensitively: proxies and HTTP/2 change their case.',
  'trusts-content-type': 'Verify the signature for every content type: the content type is not signed.',
  'refuses-charset': 'Accept "application/json; charset=utf-8" as well.',
  'fails-on-content-type': 'Answer 4xx to a content type you cannot parse.',
  'timestamp-not-signed':
    'Use only a timestamp that the signature covers, without a fallback to other signed content.',
  'accepts-stale':
    'Refuse what is older than the tolerance: otherwise a captured request can be replayed forever.',
  'accepts-future':
    'Refuse what is further in the future than the tolerance: such a request could be replayed until then.',
  'lenient-timestamp':
    'Parse the timestamp strictly, with /^\\d+$/: parseInt ignores trailing text, and every comparison with NaN is false.',
  'lenient-number':
    'Parse the timestamp strictly, with /^\\d+$/: the sender writes no exponents, hexadecimals or spaces.',
  'id-not-signed': 'Compute the signature over the same delivery id that you then use.',
  'runs-twice':
    'Remember handled deliveries by a signed id, and answer a repetition 2xx without running the handler.',
  'refuses-repetition':
    'Answer 2xx to a repetition of a handled delivery: otherwise the sender keeps retrying, and may disable the endpoint.',
  'runs-retries': 'Identify events by their id, not by the signature: a retry may be signed again.',
  'runs-twice-at-once':
    'Claim the id in one atomic step (a unique key, SET NX) before the handler runs: copies may arrive at the same time.',
  'acks-running-duplicate':
    'Answer a copy 2xx only once the first delivery is handled or stored durably, and 503 until then: if the first run fails, the sender must still retry.',
  'runs-replays':
    'Remember deliveries by a signed id: the delivery id header is not signed, and anyone can change it.',
  'reads-json-as-form':
    'Let the signed bytes decide how they are parsed: try JSON first. The content type is not signed, and text inside the JSON can look like a form.',
  'accepts-get': "Accept only the sender's method, and answer 405 to others.",
  'fails-on-small-chunks':
    'Copy the chunks of a body into one buffer as they arrive: a list of a million one-byte chunks is too long to spread, recurse over or keep.',
  'blocks-on-many-fields':
    'Limit the number of form fields, and parse them in one pass: scanning the form again for each name takes quadratic time and blocks all other requests.',
  'no-body-limit':
    'Limit the body, and stop reading at the limit: otherwise one request can fill the memory. Set the intended limit with --max-body.',
  'hangs-on-large-body': 'Answer 413 or close the connection when a body exceeds the limit.',
  'leaks-secret': 'Answer with a fixed text: an answer contained the secret. Rotate the secret now.',
  'leaks-signature':
    'Answer with a fixed text: an answer contained the expected signature, so anyone can forge a delivery.',
  'leaks-stack-trace': 'Answer with a fixed text, and write errors to the log.',
  'reveals-reason': 'Answer all refusals the same, to reveal as little as possible.',
  'keeps-stalled-body':
    'End a request whose body does not arrive (requestTimeout in Node, client_body_timeout in nginx).',
  'keeps-slow-head':
    'End a request whose headers do not arrive (headersTimeout in Node, client_header_timeout in nginx).',
  'one-stall-blocks-all': 'Serve several connections at once: one that stalls must not block the others.',
  dies: "See the receiver's log for what ended it: one request must not end the process.",
} as const satisfies Readonly<Record<string, string>>

/**
 * The name of a fault, for example `accepts-forged`. Names do not change between minor versions.
 *
 * What to do about each is in {@link CheckedProperty.advice}.
 */
export type CheckFault = keyof typeof faults

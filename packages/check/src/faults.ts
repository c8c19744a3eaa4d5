/** Every fault a check can name, and what to do about it. Names are promises; the advice may change. */
export const faults = {
  'hangs-on-valid': 'Answer every request: look for a way through the code that ends without an answer.',
  'drops-valid':
    'The connection was closed before an answer: look for a crash in the receiver, or at what stands before it.',
  'not-found': 'Is the URL right? Only the path and the method decide about this answer.',
  redirects: 'Answer at the URL itself: senders do not follow redirects, or follow them without the body.',
  'answers-410': 'Answer another status: senders take 410 as the end of the subscription.',
  'fails-on-valid':
    'The handler failed on a valid delivery. Give it a payload it can handle with --payload, or see its log.',
  'refuses-valid':
    'Secret, scheme or body differ from what the sender signs: save a request with "countersign listen" and ask "countersign explain".',
  'answers-late': 'Answer first and work later, or senders take the delivery for failed and come again.',
  're-serialises-body':
    'Verify the bytes as they came, before any parser: JSON that was parsed and written anew has other bytes.',
  'decodes-body': 'Verify bytes, not text: decoding the body with another charset than UTF-8 changes it.',
  'loses-body': 'A parser has read the body before, so that nothing was left to verify: keep its raw bytes.',
  'accepts-forged': 'Verify the signature, and answer 401 where it does not match.',
  'fails-on-forged':
    'Answer 401 to what you refuse: after 5xx the sender comes again, and real failures are hidden among such.',
  'handles-refused': 'Verify before anything else: the handler ran for a request that was refused.',
  'hangs-on-refused': 'Answer what you refuse: look for a return without an answer.',
  'crashes-on-short-signature':
    'Check the length before comparing: timingSafeEqual and its like throw where lengths differ.',
  'dies-on-short-signature':
    'Check the length before comparing (timingSafeEqual throws where lengths differ), and catch what is thrown: one request must not end the process.',
  'crashes-on-malformed':
    'Refuse with 4xx what cannot be read; nothing a stranger sends may be an error of yours.',
  'dies-on-malformed': 'Catch what is thrown while a request is read: one request must not end the process.',
  'accepts-truncated-signature':
    'Compare the whole signature, in constant time; startsWith or the length of the shorter one lets it be guessed byte by byte.',
  'accepts-longer-signature':
    'Compare the whole signature: bytes behind or before the right one were passed over.',
  'lenient-encoding':
    'Compare the texts, or look for a strict decoder: one that passes over other characters takes many texts for one signature.',
  'accepts-missing-signature': 'Refuse a request without a signature, or with an empty one.',
  'accepts-empty-key':
    'Refuse to start without a secret: an unset variable must not become an empty key, of which everybody can make signatures.',
  'accepts-guessable-key':
    'Refuse to start without a secret: the text of an unset variable ("undefined", "null") or a placeholder is a key everybody knows.',
  'ignores-signature-prefix': "Read the signature only in the scheme's own form, with the prefix it has.",
  'accepts-other-algorithm': 'Fix the algorithm in the receiver: what a request says must not choose it.',
  'accepts-tampered-body': 'Compute the signature over the body that is then used.',
  'reads-first-piece': 'Read the body to its end: it may come in several pieces.',
  'garbles-split-characters':
    'Put the pieces of the body together as bytes before anything decodes them: a character may be split between two.',
  'case-sensitive-headers': 'Look headers up without regard to case; proxies and HTTP/2 change it.',
  'trusts-content-type': 'Verify whatever the content type says: it is not signed.',
  'refuses-charset': 'Take "application/json; charset=utf-8" as well.',
  'fails-on-content-type': 'Answer 4xx to a content type you cannot read.',
  'timestamp-not-signed':
    'Take the time only from what the signature covers, with no other signed content as a fallback.',
  'accepts-stale':
    'Refuse what is older than the tolerance: else a captured request can be sent again for ever.',
  'accepts-future':
    'Refuse what is further ahead than the tolerance: such a request could be sent again until then.',
  'lenient-timestamp':
    'Read the time strictly, as /^\\d+$/: parseInt passes over what follows, and no comparison with NaN is true.',
  'lenient-number':
    "Read the time strictly, as /^\\d+$/: exponents, hexadecimals and blanks are none of the sender's.",
  'id-not-signed': 'Compute the signature over the delivery id that is then used.',
  'runs-twice':
    'Remember what was handled, by an id that is signed; answer a repetition 2xx without running the handler.',
  'refuses-repetition':
    'Answer 2xx to a repetition of what was handled: else the sender goes on, and may switch the endpoint off.',
  'runs-retries': 'Tell events by their id, not by the signature: a retry may be signed anew.',
  'runs-twice-at-once':
    'Claim the id in one atomic step (a unique key, SET NX) before the handler runs: copies may come at the same time.',
  'acks-running-duplicate':
    'Answer a copy 2xx only when the first has been handled or is stored durably: if that run fails, nobody sends it again. 503 until then.',
  'runs-replays':
    'Remember by an id that is signed: the header with the delivery id is not, and anybody can change it.',
  'reads-json-as-form':
    'Let the signed bytes decide how they are read: parse them as JSON first. The content type is not signed, and text within the JSON can look like a form.',
  'accepts-get': "Take only the sender's method, and answer 405 to others.",
  'fails-on-small-chunks':
    'Copy the chunks of a body together as they come: a list of a million one-byte chunks is too long to be spread, recursed over or kept.',
  'blocks-on-many-fields':
    'Bound the number of form fields, and read them in one pass: looking each name up anew takes a quadratic time, in which nobody else is served.',
  'no-body-limit':
    'Limit the body, and stop reading at the limit: else one request can fill the memory. --max-body says what is intended.',
  'hangs-on-large-body': 'Answer 413, or close the connection, when a body is over the limit.',
  'leaks-secret': 'Answer with a fixed text; the secret stood in an answer. Replace it now.',
  'leaks-signature':
    'Answer with a fixed text: the expected signature stood in an answer, with which anybody can sign.',
  'leaks-stack-trace': 'Answer with a fixed text, and write errors to the log.',
  'tells-why': 'One answer for all refusals tells a stranger least.',
  'keeps-stalled-body':
    'End a request whose body does not come (in Node requestTimeout, in nginx client_body_timeout).',
  'keeps-slow-head':
    'End a request whose headers do not come (in Node headersTimeout, in nginx client_header_timeout).',
  'one-stall-blocks-all':
    'Serve several connections at once: one that stalls must not keep all others waiting.',
  dies: 'Find in its log what ended the receiver: one request must not end the process.',
} as const satisfies Readonly<Record<string, string>>

/** The name of a fault. */
export type CheckFault = keyof typeof faults

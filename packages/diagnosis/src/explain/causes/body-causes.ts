import { type AdviceFacts, defineCauses } from './cause.js'
import { rawBodyAdvice } from './raw-body.js'

type Advice = (facts: AdviceFacts) => string

/** Advice for a rewritten body: what happened, where the two bodies differ, and how to get the bytes that were signed. */
const changed =
  (what: string): Advice =>
  ({ framework, detail }) =>
    `${what}${detail ? ` (${detail})` : ''}. ${rawBodyAdvice(framework)}`

/** Advice that is complete in itself: reading the raw body would not help. */
const advise =
  (what: string): Advice =>
  ({ detail }) =>
    detail ? `${what} Details: ${detail}.` : what

export const bodyCauses = defineCauses('body', {
  'body.json-reserialised-compact': changed(
    'The sender signed indented JSON; it was parsed and serialized again without white space',
  ),
  'body.json-reformatted': changed(
    'The JSON has a different layout from what was signed: it was parsed and serialized again',
  ),
  'body.json-pretty-printed': changed('The sender signed compact JSON; white space was added to it'),
  'body.json-python-separators': changed(
    "The sender signed the output of Python's json.dumps, with spaces after commas and colons; the JSON was serialized again without them",
  ),
  'body.json-unicode-unescaped': changed(
    'The sender signed \\uXXXX escapes; the JSON was serialized again with the characters themselves',
  ),
  'body.json-unicode-escaped': changed(
    'The sender signed the characters themselves; the JSON was serialized again with \\uXXXX escapes',
  ),
  'body.json-html-escapes-lost': changed(
    'The sender escapes <, >, & and similar characters as \\u003c; the JSON was serialized again without these escapes',
  ),
  'body.json-html-escapes-added': changed(
    'The JSON was serialized again with <, > and & escaped; the sender does not escape them',
  ),
  'body.json-slashes-unescaped': changed(
    'The sender signed slashes as \\/, as PHP writes them; the JSON was serialized again with plain slashes',
  ),
  'body.json-slashes-escaped': changed(
    'The JSON was serialized again with slashes as \\/, as PHP writes them',
  ),
  'body.json-escape-case': changed('The JSON escapes the same characters in a different way from the sender'),
  'body.escapes-interpreted': changed('Escapes in the JSON were replaced by the characters they encode'),
  'body.json-keys-reordered': changed('The sender signed the JSON with its keys in a different order'),
  'body.json-number-normalised': changed(
    'A parser changed the numbers: 10.0 becomes 10, and integers over 2^53 lose digits',
  ),
  'body.json-empty-container': changed(
    'Empty objects became empty arrays or the reverse, as PHP does when it decodes into arrays',
  ),
  'body.line-breaks-removed': advise(
    'The line breaks of the signed JSON are missing. `curl -d @file` removes them: use --data-binary.',
  ),
  'body.line-breaks-added': advise(
    'Line breaks were added to what was signed. Send and store the body as bytes: curl --data-binary, printf %s.',
  ),
  'body.trailing-newline-added': advise(
    'White space was added at the end of the body. Editors, `echo` and heredocs add it: use printf %s, and curl --data-binary @file.',
  ),
  'body.trailing-newline-lost': changed(
    'The sender signed a line break at the end of the body, which is missing here',
  ),
  'body.surrounding-space': advise(
    'There is white space around the body that the sender did not sign. Store the body as bytes.',
  ),
  'body.padded-with-nul': advise(
    'The body is padded with NUL bytes: the whole buffer was used instead of the bytes read into it. Slice the buffer to that length.',
  ),
  'body.trailing-bytes': advise(
    'The capture has extra bytes after the body. Cut it to the length in Content-Length.',
  ),
  'body.leading-bytes': advise(
    'There are bytes before the body that the sender did not sign. Remove them where they are added.',
  ),
  'body.repeated': advise('The body is repeated: its chunks were collected twice. Read the stream once.'),
  'body.lf-to-crlf': advise(
    "LF became CRLF, as Postman on Windows and git's autocrlf do. Store the body as bytes; mark stored bodies as binary in .gitattributes.",
  ),
  'body.crlf-to-lf': advise('CRLF became LF in transit or in an editor. Store the body as bytes.'),
  'body.line-ends-replaced': advise('The line breaks were rewritten. Store the body as bytes.'),
  'body.line-ends-padded': advise('Spaces were added at the ends of lines. Store the body as bytes.'),
  'body.bom-stripped': changed(
    'The sender signed a byte order mark (EF BB BF) that is missing here; request.text() and TextDecoder remove it',
  ),
  'body.bom-added': advise(
    'A byte order mark (EF BB BF) was added before the body. Save it as UTF-8 without one.',
  ),
  'body.latin1-decoded': changed('The UTF-8 body was decoded as Latin-1 and encoded again: é became Ã©'),
  'body.charset-latin1': changed(
    'The body is in a different charset from what was signed: UTF-8 here, Latin-1 or a Windows code page at the sender',
  ),
  'body.charset-utf16': advise(
    'The body is UTF-16, as PowerShell writes it, but the sender signed UTF-8. Save it as UTF-8, in PowerShell with -Encoding utf8NoBOM.',
  ),
  'body.charset-utf16-signed': advise(
    'The sender signs the body as UTF-16. Verify Buffer.from(text, "utf16le").',
  ),
  'body.made-ascii': ({ framework, match, detail }) =>
    `The text ${match ? 'was' : 'may have been'} converted to ASCII in transit: other characters are escaped, replaced, dropped or stripped of their accents${detail ? ` (${detail})` : ''}. ${rawBodyAdvice(framework)}`,
  'body.ascii-signed': advise(
    'The sender converts the text to ASCII before it signs (other characters escaped, replaced, dropped or stripped of their accents) and sends the original. Ask the sender to sign the bytes it sends; until then only pure ASCII bodies verify.',
  ),
  'body.unicode-normalised': changed(
    'Accents were composed or decomposed (Unicode normalization), which changes the bytes of the same text',
  ),
  'body.smart-quotes': advise(
    'Quotes became typographic quotes, as word processors and chats do. Capture the body from the network.',
  ),
  'body.blanks-replaced': advise(
    'Spaces became no-break spaces, as on web pages. Capture the body from the network.',
  ),
  'body.buffer-json': advise(
    'The body is a Buffer that went through JSON.stringify. After express.raw() and similar parsers the body is already the raw bytes: pass it unchanged.',
  ),
  'body.bytes-as-text': advise(
    'The body is the printed form of a byte array, not the bytes. Pass the bytes themselves.',
  ),
  'body.json-string-literal': advise(
    'The body was encoded as JSON twice: it is a JSON string that contains the JSON. Remove the second JSON.stringify.',
  ),
  'body.json-string-unwrapped': advise(
    'The sender signed the body as a JSON string, with quotes and escapes. Verify the received bytes before decoding them.',
  ),
  'body.wrapped-in-quotes': advise(
    'There are quotes around the body that the sender did not sign. Remove them where the body is stored.',
  ),
  'body.backslash-escaped': advise(
    "The body's quotes or line breaks are escaped with backslashes, as in a shell or a log. Store the body as bytes.",
  ),
  'body.envelope': changed(
    'The body is an envelope, as queues, SNS, Lambda events and smee.io add one: the signed body is one of its fields. Verify the exact bytes of that field',
  ),
  'body.list-unwrapped': advise(
    'The sender signed the body inside a list. Verify the received bytes before taking the item out of the list.',
  ),
  'body.base64-encoded': advise(
    'The body is base64, as API Gateway passes binary types. Decode it first when isBase64Encoded is true.',
  ),
  'body.base64-signed': advise(
    'The sender signs the base64 of the body. Encode the body before you compute the MAC.',
  ),
  'body.hex-encoded': advise('The body is hex-encoded. Decode it first.'),
  'body.hex-signed': advise(
    'The sender signs the hex of the body. Encode the body before you compute the MAC.',
  ),
  'body.url-encoded': advise('The whole body is percent-encoded. Decode it once.'),
  'body.html-escaped': advise(
    'The body is escaped for HTML: its quotes are entities. Capture it from the network, not from a page or a log.',
  ),
  'body.html-unescaped': advise(
    'The sender signed HTML entities that were decoded here. Verify the bytes as received.',
  ),
  'body.gzip-not-decoded': advise(
    "The body is gzip, and the sender signed the uncompressed content. Set contentEncoding: 'decoded' in the scheme: the body is then decompressed, up to maxBodyBytes, before it is verified.",
  ),
  'body.gzip-as-sent': advise(
    "The body is gzip, and the sender signed the compressed bytes. Set contentEncoding: 'as-sent' in the scheme: the body is then decompressed, up to maxBodyBytes, after it is verified.",
  ),
  'body.gzip-twice': advise(
    "The body is compressed with gzip twice. A scheme's contentEncoding decompresses once: switch off the second compression, in a proxy or in the sender's library.",
  ),
  'body.gzip': advise(
    "The body is gzip, and the scheme has no contentEncoding, so it is refused. Set contentEncoding to 'decoded' if the sender signs the uncompressed content, or to 'as-sent' if it signs the compressed bytes.",
  ),
  'body.compressed': ({ match, detail }) =>
    `The body is compressed${detail ? ` (${detail})` : ''}, but not with gzip${match ? ', and the sender signed the uncompressed content' : ''}. A scheme's contentEncoding supports only gzip: ask the sender to use gzip, or to send the body uncompressed.`,
  'body.compressed-as-sent': advise(
    "The sender signed the compressed bytes, and they are not gzip. A scheme's contentEncoding supports only gzip: ask the sender to use gzip, or to send the body uncompressed.",
  ),
  'body.decompressed': advise(
    "The sender signed the compressed bytes, and they were decompressed in transit. Switch that off for this route, and set contentEncoding: 'as-sent' in the scheme if they are gzip.",
  ),
  'body.form-field-extracted': advise(
    'The sender signs the whole form, but only one field of it was verified. Verify the raw body, then read the field.',
  ),
  'body.form-not-decoded': advise(
    'The sender signs the value of one field of the form. Read that field and verify its bytes.',
  ),
  'body.form-reencoded': changed('The form was parsed and serialized again with different escapes'),
  'body.form-fields-reordered': changed('The form was parsed and serialized again in a different order'),
  'body.form-parsed': changed(
    'The sender signs a form; it was parsed and its fields were serialized as JSON',
  ),
  'body.multipart-part': advise(
    'The sender signs one part of the multipart form. Read that part and verify its bytes.',
  ),
  'body.event-stream': advise(
    'The body is an event stream, as some forwarders use; the signed body is in its data lines. Use a forwarder that preserves the raw bytes.',
  ),
  'body.chunk-framing': advise(
    'The body still contains the chunk sizes of chunked transfer encoding. Remove them and join the chunks.',
  ),
  'body.http-message': advise(
    'The body still contains the headers of the HTTP message. Verify only what follows the empty line.',
  ),
  'body.parsed-object': changed('The body was a parsed object instead of bytes'),
  'body.object-as-text': changed('The body is “[object Object]”: an object was converted to a string'),
  'body.empty': ({ framework, detail }) =>
    `The body is empty${detail ? ` (${detail})` : ''}: something else already read it. ${rawBodyAdvice(framework)} On Cloud Functions and Firebase use req.rawBody.`,
  'body.signed-empty': ({ framework }) =>
    `The signature matches an empty body: the sender signed before the body was set, or left it out. ${rawBodyAdvice(framework)}`,
  'body.truncated': advise(
    'The body is truncated by a limit, a log or a capture. Raise the limit (body parsers often stop at 100 kB) or capture it again.',
  ),
  'body.invalid-utf8-replaced': changed(
    'The body contains U+FFFD: bytes that are not valid UTF-8 were replaced, as when chunks are decoded one by one. The original bytes are lost',
  ),
  'body.binary': advise(
    'The body is binary, but its Content-Type is text. Check whether something compresses or encrypts it in transit.',
  ),
  'body.too-large': advise(
    'The signature is correct, but the body is larger than the limit. Raise maxBodyBytes.',
  ),
  'body.over-limit': advise(
    'The body is larger than maxBodyBytes, so it was refused before any other check. Raise maxBodyBytes if the sender needs it.',
  ),
  'body.not-json': advise(
    'The signature is correct, but the body is not in the format the scheme expects (JSON by default; Content-Type is ignored). Set payload in the descriptor to what the sender sends.',
  ),
  'rt.json-before-raw': advise(
    "A JSON parser mounted before the route consumes the raw body. Mount the webhook's route before app.use(express.json()).",
  ),
  'rt.nest-rawbody': advise(
    'Nest keeps the raw body only with NestFactory.create(AppModule, { rawBody: true }). Verify request.rawBody.',
  ),
  'rt.fastify-parser': advise(
    "Fastify parses JSON unless the route's scope has its own parser. Spread webhook(options) from @countersign/fastify into the route's options.",
  ),
  'rt.next-pages': advise(
    "The Pages Router parses bodies unless the route's own file has `export const config = { api: { bodyParser: false } }`.",
  ),
})

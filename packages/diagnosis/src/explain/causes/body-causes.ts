import { type AdviceFacts, causesOf } from './cause.js'
import { rawBodyAdvice } from './raw-body.js'

type Advice = (facts: AdviceFacts) => string

/** What happened, where the two bodies part, and how to get the bytes that were signed. */
const changed =
  (what: string): Advice =>
  ({ framework, detail }) =>
    `${what}${detail ? ` (${detail})` : ''}. ${rawBodyAdvice(framework)}`

/** What happened, and what to do other than read the raw body. */
const told =
  (what: string): Advice =>
  ({ detail }) =>
    detail ? `${what} Here: ${detail}.` : what

export const bodyCauses = causesOf('body', {
  'body.json-reserialised-compact': changed(
    'The sender signed indented JSON; a parser read it and it was written again without white space',
  ),
  'body.json-reformatted': changed(
    'The JSON has another layout than what was signed: it was parsed and written again',
  ),
  'body.json-pretty-printed': changed('The sender signed compact JSON; white space was put into it'),
  'body.json-python-separators': changed(
    "The sender signed what Python's json.dumps writes, with blanks after commas and colons; the JSON was written again without them",
  ),
  'body.json-unicode-unescaped': changed(
    'The sender signed \\uXXXX escapes; the JSON was written again with the characters themselves',
  ),
  'body.json-unicode-escaped': changed(
    'The sender signed the characters themselves; the JSON was written again with \\uXXXX escapes',
  ),
  'body.json-html-escapes-lost': changed(
    'The sender escapes <, >, & and the like as \\u003c; the JSON was written again without these escapes',
  ),
  'body.json-html-escapes-added': changed(
    'The JSON was written again with <, > and & escaped, which the sender does not do',
  ),
  'body.json-slashes-unescaped': changed(
    'The sender signed slashes as \\/, as PHP writes them; the JSON was written again without',
  ),
  'body.json-slashes-escaped': changed('The JSON was written again with slashes as \\/, as PHP does'),
  'body.json-escape-case': changed(
    'The escapes in the JSON are written otherwise than the sender wrote them',
  ),
  'body.escapes-interpreted': changed(
    'Escapes within the JSON were turned into the characters they stand for',
  ),
  'body.json-keys-reordered': changed('The sender signed the JSON with its keys in another order'),
  'body.json-number-normalised': changed(
    'Numbers do not survive a parser: 10.0 becomes 10, and integers over 2^53 lose digits',
  ),
  'body.json-empty-container': changed(
    'Empty objects and arrays were taken for one another, as PHP does when it decodes into arrays',
  ),
  'body.line-breaks-removed': told(
    'The line breaks of the signed JSON are missing. `curl -d @file` takes them out: use --data-binary.',
  ),
  'body.line-breaks-added': told(
    'Line breaks were put into what was signed. Send and keep the body as bytes: curl --data-binary, printf %s.',
  ),
  'body.trailing-newline-added': told(
    'White space was added at the end of the body. Editors, `echo` and heredocs do that: use printf %s, and curl --data-binary @file.',
  ),
  'body.trailing-newline-lost': changed(
    'The sender signed a line end after the last character, which is missing here',
  ),
  'body.surrounding-space': told(
    'There is white space around the body that the sender did not sign. Keep the body as bytes.',
  ),
  'body.padded-with-nul': told(
    'The body is filled up with NUL bytes: a buffer was used beyond its length. Slice it to the bytes that were read.',
  ),
  'body.trailing-bytes': told(
    'More than the body was captured: something follows it. Cut it to the length that Content-Length says.',
  ),
  'body.leading-bytes': told(
    'Something stands before the body that the sender did not sign. Take it off where it is added.',
  ),
  'body.repeated': told(
    'The body stands there twice in a row: its chunks were collected twice. Read the stream once.',
  ),
  'body.lf-to-crlf': told(
    "LF became CRLF, as Postman on Windows and git's autocrlf do. Keep the body as bytes; mark stored ones as binary in .gitattributes.",
  ),
  'body.crlf-to-lf': told('CRLF became LF on the way or in an editor. Keep the body as bytes.'),
  'body.line-ends-replaced': told('The line ends were rewritten. Keep the body as bytes.'),
  'body.line-ends-padded': told('Blanks were added at the ends of lines. Keep the body as bytes.'),
  'body.bom-stripped': changed(
    'The sender signed a byte order mark (EF BB BF) that is missing here; request.text() and TextDecoder take it off',
  ),
  'body.bom-added': told(
    'A byte order mark (EF BB BF) was put before the body. Save it as UTF-8 without one.',
  ),
  'body.latin1-decoded': changed('The UTF-8 of the body was read as Latin-1 and encoded again: é became Ã©'),
  'body.charset-latin1': changed(
    "The body was written in another charset than it was signed in: UTF-8 here, Latin-1 or Windows' there",
  ),
  'body.charset-utf16': told(
    'The body is UTF-16, as PowerShell writes it; UTF-8 was signed. Write it as UTF-8, in PowerShell with -Encoding utf8NoBOM.',
  ),
  'body.charset-utf16-signed': told(
    'The sender signs the body as UTF-16. Verify Buffer.from(text, "utf16le").',
  ),
  'body.made-ascii': ({ framework, match, detail }) =>
    `${match ? 'The text was' : 'Perhaps the text was'} made ASCII on its way: characters beyond it are escaped, replaced, dropped or stripped of their accents${detail ? ` (${detail})` : ''}. ${rawBodyAdvice(framework)}`,
  'body.ascii-signed': told(
    'The sender signs the text made ASCII (characters beyond it escaped, replaced, dropped or stripped of their accents) and sends it as it was. Ask it to sign the bytes that it sends; a body of ASCII alone verifies until then.',
  ),
  'body.unicode-normalised': changed(
    'Accents were composed or decomposed, which changes the bytes of the same text',
  ),
  'body.smart-quotes': told(
    'Quotes became typographic ones, as word processors and chats make them. Take the body from the wire.',
  ),
  'body.blanks-replaced': told(
    'Blanks became no-break spaces, as web pages make them. Take the body from the wire.',
  ),
  'body.buffer-json': told(
    'The body is a Buffer that went through JSON.stringify. After express.raw() and its like the body is the raw bytes: pass it on as it is.',
  ),
  'body.bytes-as-text': told(
    'The body is how a language prints bytes, not the bytes. Pass on the bytes themselves.',
  ),
  'body.json-string-literal': told(
    'The body was encoded as JSON twice: it is a string that holds the JSON. Send the text itself, without another JSON.stringify.',
  ),
  'body.json-string-unwrapped': told(
    'The sender signed the body as a JSON string, with quotes and escapes. Verify what came, before it is decoded.',
  ),
  'body.wrapped-in-quotes': told(
    'There are quotes around the body that the sender did not sign. Take them off where the body is kept.',
  ),
  'body.backslash-escaped': told(
    "The body's quotes or line ends are escaped with backslashes, as a shell or a log leaves them. Keep it as bytes.",
  ),
  'body.envelope': changed(
    'What came is an envelope: the signed body is one of its fields, as with queues, SNS, Lambda events and smee.io. Verify that field, byte by byte',
  ),
  'body.list-unwrapped': told(
    'The sender signed the body within a list. Verify what came, before it is taken out.',
  ),
  'body.base64-encoded': told(
    'The body is base64, as API Gateway hands on binary types. Decode it first: isBase64Encoded says so.',
  ),
  'body.base64-signed': told(
    'The sender signs the base64 of the body. Encode it before the MAC is computed.',
  ),
  'body.hex-encoded': told('The body is written as hex. Decode it first.'),
  'body.hex-signed': told('The sender signs the hex of the body. Encode it before the MAC is computed.'),
  'body.url-encoded': told('The whole body was escaped for a URL. Decode it once.'),
  'body.html-escaped': told(
    'The body was escaped for HTML: its quotes are entities. Take it from the wire, not from a page or a log.',
  ),
  'body.html-unescaped': told(
    'The sender signed HTML entities that were decoded here. Verify the bytes as they came.',
  ),
  'body.gzip-not-decoded': told(
    "The body is gzip, and the sender signed what is in it. Set contentEncoding: 'decoded' in the scheme: the body is then decompressed, within maxBodyBytes, before it is verified.",
  ),
  'body.gzip-as-sent': told(
    "The body is gzip, and the sender signed the compressed bytes. Set contentEncoding: 'as-sent' in the scheme: the body is then decompressed, within maxBodyBytes, after it was verified.",
  ),
  'body.gzip-twice': told(
    "The body is gzip within gzip. A scheme's contentEncoding takes off one layer, so the other has to go: switch off the compression of whatever adds it, a proxy or a library of the sender.",
  ),
  'body.gzip': told(
    "The body is gzip. A scheme says what the sender signs of it, or it is refused: set contentEncoding: 'decoded' for what is in it, or 'as-sent' for the compressed bytes.",
  ),
  'body.compressed': ({ match, detail }) =>
    `The body is compressed${detail ? ` (${detail})` : ''}, though not with gzip${match ? ', and the sender signed what is in it' : ''}. A scheme's contentEncoding reads gzip alone: ask the sender for gzip, or to send the body as it signs it.`,
  'body.compressed-as-sent': told(
    "The signature is that of the compressed bytes as they came, and they are not gzip. A scheme's contentEncoding reads gzip alone: ask the sender for gzip, or to send the body uncompressed.",
  ),
  'body.decompressed': told(
    "The sender signed the compressed bytes; something on the way decompressed them. Switch that off for this route, and set contentEncoding: 'as-sent' in the scheme where they are gzip.",
  ),
  'body.form-field-extracted': told(
    'The sender signs the whole form; here one field of it was verified. Verify the raw body, then read the field.',
  ),
  'body.form-not-decoded': told(
    'The sender signs the value of one field of the form. Read that field and verify its bytes.',
  ),
  'body.form-reencoded': changed('The form was parsed and written again with other escapes'),
  'body.form-fields-reordered': changed('The form was parsed and written again in another order'),
  'body.form-parsed': changed(
    'The sender signs a form; here it was parsed, and its fields were written as JSON',
  ),
  'body.multipart-part': told(
    'The sender signs one part of the multipart form. Read that part and verify its bytes.',
  ),
  'body.event-stream': told(
    'The body is an event stream, as forwarders use; the signed body is in its data lines. Use a forwarder that keeps raw bytes.',
  ),
  'body.chunk-framing': told(
    'The sizes of chunked transfer are left in the body. Put the chunks together without them.',
  ),
  'body.http-message': told(
    'The headers of the message are left in the body. Verify what follows the blank line.',
  ),
  'body.parsed-object': changed('The body was an object where bytes should be'),
  'body.object-as-text': changed('The body is “[object Object]”: an object was turned into text'),
  'body.empty': ({ framework, detail }) =>
    `The body is empty${detail ? ` (${detail})` : ''}: something has read it before. ${rawBodyAdvice(framework)} On Cloud Functions and Firebase take req.rawBody.`,
  'body.signed-empty': ({ framework }) =>
    `The signature is that of an empty body: the sender signed before it had one, or forgot it. ${rawBodyAdvice(framework)}`,
  'body.truncated': told(
    'The body ends early: a limit, a log or a capture cut it. Raise the limit (body parsers stop at 100 kB) or capture it again.',
  ),
  'body.invalid-utf8-replaced': changed(
    'The body holds U+FFFD: bytes that are no UTF-8 were replaced, as when chunks are decoded one by one. What was there is lost',
  ),
  'body.binary': told(
    'The body is binary though its type says text. Is it compressed or encrypted on the way?',
  ),
  'body.too-large': told(
    'The signature is right, but the body is larger than the limit. Raise maxBodyBytes.',
  ),
  'body.over-limit': told(
    'The body is larger than the receiver takes, so it was refused for that before anything else. Raise maxBodyBytes where the sender needs it.',
  ),
  'body.not-json': told(
    'The signature is right, but the body is not what the scheme says that it is, JSON unless its payload says otherwise; the content type decides nothing. Set payload in the descriptor to what the sender sends.',
  ),
  'rt.json-before-raw': told(
    "A JSON parser mounted before the route leaves no raw body. Mount the webhook's route before app.use(express.json()).",
  ),
  'rt.nest-rawbody': told(
    'Nest keeps the raw body only with NestFactory.create(AppModule, { rawBody: true }). Verify request.rawBody.',
  ),
  'rt.fastify-parser': told(
    "Fastify parses JSON unless the route's scope has its own parser. Spread webhook(options) of @countersign/fastify into the route's options.",
  ),
  'rt.next-pages': told(
    "The Pages Router parses bodies unless the route's own file has `export const config = { api: { bodyParser: false } }`.",
  ),
})

import { brotliCompressSync, gzipSync } from 'node:zlib'
import { github } from '@countersign/core/schemes'
import { body, type Case, plain } from '../support/signed.js'

const value = JSON.parse(body)
const indented = JSON.stringify(value, null, 2)
const rewritten = (signed: string, received = body) => plain({ signed, received })
const latin1 = (text: string) => Buffer.from(text, 'latin1')
const simple = '{"a":1,"b":"x"}'
const form = 'application/x-www-form-urlencoded'

/** What happens to bodies. */
export const provedBodies: Readonly<Record<string, () => Case>> = {
  'body.json-reserialised-compact': () => rewritten(indented),
  'body.json-reformatted': () => rewritten(JSON.stringify(value, null, 4), indented),
  'body.json-pretty-printed': () => rewritten(body, indented),
  'body.json-python-separators': () => rewritten('{"a": 1, "b": "x"}', simple),
  'body.json-unicode-unescaped': () => rewritten('{"a":"Zo\\u00eb"}', '{"a":"Zoë"}'),
  'body.json-unicode-escaped': () => rewritten('{"a":"Zoë"}', '{"a":"Zo\\u00eb"}'),
  'body.json-html-escapes-lost': () => rewritten('{"a":"\\u003cb\\u003e"}', '{"a":"<b>"}'),
  'body.json-html-escapes-added': () => rewritten('{"a":"<b>"}', '{"a":"\\u003cb\\u003e"}'),
  'body.json-slashes-unescaped': () => rewritten('{"a":"x\\/y"}', '{"a":"x/y"}'),
  'body.json-slashes-escaped': () => rewritten('{"a":"x/y"}', '{"a":"x\\/y"}'),
  'body.json-escape-case': () => rewritten('{"a":"Zo\\u00EB"}', '{"a":"Zo\\u00eb"}'),
  'body.escapes-interpreted': () => rewritten('{"a":"x\\ny"}', '{"a":"x\ny"}'),
  'body.json-keys-reordered': () => rewritten('{"a":1,"b":2,"c":3}', '{"c":3,"a":1,"b":2}'),
  'body.json-number-normalised': () => rewritten('{"amount":10.00,"id":7}', '{"amount":10,"id":7}'),
  'body.json-empty-container': () => rewritten('{"meta":{}}', '{"meta":[]}'),
  'body.line-breaks-removed': () => rewritten(`${indented}\n`, `${indented}\n`.replaceAll('\n', '')),
  'body.line-breaks-added': () => rewritten('some words and more', 'some words\n and more'),
  'body.trailing-newline-added': () => rewritten(body, `${body}\r\n`),
  'body.trailing-newline-lost': () => rewritten(`${body}\n`),
  'body.surrounding-space': () => rewritten(body, `  ${body}`),
  'body.padded-with-nul': () => rewritten(body, `${body}${'\0'.repeat(64)}`),
  'body.trailing-bytes': () => rewritten(body, `${body}--more`),
  'body.leading-bytes': () => rewritten(body, `)]}',\n${body}`),
  'body.repeated': () => rewritten(body, body + body),
  'body.lf-to-crlf': () => rewritten(indented, indented.replaceAll('\n', '\r\n')),
  'body.crlf-to-lf': () => rewritten('a\r\nb\r\nc', 'a\nb\nc'),
  'body.line-ends-replaced': () => rewritten('a\nb\nc', 'a\rb\rc'),
  'body.line-ends-padded': () => rewritten('a\nb\nc', 'a  \nb  \nc'),
  'body.bom-stripped': () => rewritten(`\ufeff${body}`),
  'body.bom-added': () => rewritten(body, `\ufeff${body}`),
  'body.latin1-decoded': () => rewritten(body, latin1UTF8(body)),
  'body.charset-latin1': () => plain({ signed: '{"a":"é"}', received: latin1('{"a":"é"}') }),
  'body.charset-utf16': () => plain({ received: Buffer.from(`\ufeff${body}`, 'utf16le') }),
  'body.charset-utf16-signed': () => plain({ signed: Buffer.from(simple, 'utf16le'), received: simple }),
  'body.unicode-normalised': () => rewritten(body.normalize('NFC'), body.normalize('NFD')),
  'body.made-ascii': () => rewritten('{"a":"Zoë"}', '{"a":"Zo&euml;"}'),
  'body.ascii-signed': () => rewritten('{"a":"Zoe"}', '{"a":"Zoë"}'),
  'body.smart-quotes': () => rewritten('{"a":"x"}', '{“a”:“x”}'),
  'body.blanks-replaced': () => rewritten('some words', 'some\u00a0words'),
  'body.buffer-json': () => rewritten(body, JSON.stringify(Buffer.from(body))),
  'body.bytes-as-text': () => rewritten(simple, 'b\'{"a":1,"b":"x"}\''),
  'body.json-string-literal': () => rewritten(body, JSON.stringify(body)),
  'body.json-string-unwrapped': () => rewritten(JSON.stringify(simple), simple),
  'body.wrapped-in-quotes': () => rewritten(simple, `'${simple}'`),
  'body.backslash-escaped': () => rewritten(simple, simple.replaceAll('"', '\\"')),
  'body.envelope': () => rewritten(body, JSON.stringify({ Type: 'Notification', Message: body })),
  'body.list-unwrapped': () => rewritten(`[${simple}]`, simple),
  'body.base64-encoded': () => rewritten(body, Buffer.from(body).toString('base64')),
  'body.base64-signed': () => rewritten(Buffer.from(simple).toString('base64'), simple),
  'body.hex-encoded': () => rewritten(simple, Buffer.from(simple).toString('hex')),
  'body.hex-signed': () => rewritten(Buffer.from(simple).toString('hex'), simple),
  'body.url-encoded': () => rewritten(simple, encodeURIComponent(simple)),
  'body.html-escaped': () => rewritten(simple, simple.replaceAll('"', '&quot;')),
  'body.html-unescaped': () => rewritten('{"a":"x &amp; y"}', '{"a":"x & y"}'),
  'body.gzip-not-decoded': () => plain({ received: gzipSync(body) }),
  'body.gzip-as-sent': () => plain({ signed: gzipSync(body), headers: [['Content-Encoding', 'gzip']] }),
  'body.gzip-twice': () => plain({ received: gzipSync(gzipSync(body)) }),
  'body.compressed': () => plain({ received: brotliCompressSync(body) }),
  'body.compressed-as-sent': () =>
    plain({ signed: brotliCompressSync(body), headers: [['Content-Encoding', 'br']] }),
  'body.decompressed': () =>
    plain({ signed: gzipSync(simple), received: simple, headers: [['Content-Encoding', 'gzip']] }),
  'body.form-field-extracted': () =>
    plain({ signed: new URLSearchParams({ payload: body }).toString(), received: body, contentType: form }),
  'body.form-not-decoded': () =>
    plain({ signed: body, received: new URLSearchParams({ payload: body }).toString(), contentType: form }),
  'body.form-reencoded': () =>
    plain({
      signed: 'a=x%20y&b=%2f',
      received: 'a=x+y&b=%2F',
      contentType: form,
      key: "It's a Secret to Everybody",
    }),
  'body.form-fields-reordered': () =>
    plain({ signed: 'a=1&b=2&c=3', received: 'c=3&a=1&b=2', contentType: form }),
  'body.form-parsed': () =>
    plain({
      signed: 'user=ada&text=hello+world',
      received: '{"user":"ada","text":"hello world"}',
      contentType: form,
    }),
  'body.multipart-part': () =>
    rewritten(simple, `--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n${simple}\r\n--b--\r\n`),
  'body.event-stream': () => rewritten(simple, `event: message\ndata: ${simple}\n\n`),
  'body.chunk-framing': () => rewritten(simple, `f\r\n${simple}\r\n0\r\n\r\n`),
  'body.http-message': () => rewritten(simple, `POST / HTTP/1.1\r\nHost: example.com\r\n\r\n${simple}`),
  'body.too-large': () => plain({ options: { scheme: github({ maxBodyBytes: 100 }) } }),
  'body.not-json': () => rewritten('{"a":', '{"a":'),
}

const lost = (received: string | Uint8Array, others: Parameters<typeof plain>[0] = {}) =>
  plain({ signed: 'what the sender had', received, ...others })

/** What bodies look like that are beyond mending. */
export const hintedBodies: Readonly<Record<string, () => Case>> = {
  'body.parsed-object': () => lost(body, { notes: ['parsed-body'] }),
  'body.object-as-text': () => lost('[object Object]'),
  'body.empty': () => lost('', { headers: [['Content-Length', '220']] }),
  'body.signed-empty': () => plain({ signed: '', received: body }),
  'body.truncated': () => lost('{"a":"wor'),
  'body.invalid-utf8-replaced': () => lost('{"a":"x\ufffdy"}'),
  'body.gzip': () => lost(gzipSync(body)),
  'body.made-ascii': () => lost('{"a":"Zo? caf? noir"}'),
  'body.json-number-normalised': () => lost('{"id":12345678901234567000}'),
  'body.binary': () => lost(Uint8Array.of(0xff, 0, 0x13, 0x9f, 0)),
  'body.over-limit': () => lost(body, { options: { scheme: github({ maxBodyBytes: 100 }) } }),
  'rt.json-before-raw': () => lost(simple, { options: { framework: 'express' } }),
  'rt.nest-rawbody': () => lost(simple, { options: { framework: 'nestjs' } }),
  'rt.fastify-parser': () => lost(simple, { options: { framework: 'fastify' } }),
  'rt.next-pages': () => lost(simple, { options: { framework: 'next-pages' } }),
}

/** UTF-8 read as Latin-1, and encoded again. */
function latin1UTF8(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1')
}

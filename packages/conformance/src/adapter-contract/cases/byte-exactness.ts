import { equal } from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { bodyText, writeHead, writeRequest } from '@countersign/testing/http'
import type { CaseTools, ContractCase } from '../contract-case.js'
import { sign, signTicket, ticketBody } from '../sign.js'
import { expectRefusal, takeOnlyRun } from './expect.js'

const every = Uint8Array.from({ length: 256 }, (_, byte) => byte)
const mebibyte = 1_048_576

const bodies: Readonly<Record<string, string | Uint8Array>> = {
  'every byte there is': every,
  'invalid UTF-8': Uint8Array.from([0x22, 0xff, 0xc3, 0x28, 0x22]),
  'a byte order mark': '\ufeff{}',
  'CRLF and trailing blanks': '{\r\n"a": 1}\r\n \r\n',
  'zero bytes': '{"a":"\u0000\\u0000"}\0',
  'emoji and combining characters': '{"a":"👩‍👩‍👧 e\u0301"}',
  'patterns of replacements': '{"a":"$& $1 $` $$ %s \\n"}',
  'numbers that no parser keeps': '{"a":1.0,"b":1e2,"c":12345678901234567890}',
  'a key twice and blanks': '{"a": 1,  "a":2 }',
  'a form': 'a=1&b=%20+%zz&a=2',
  nothing: '',
}

/** The bytes that came are the bytes that count: in one piece, and in odd ones. */
async function takesBytes({ route, connect }: CaseTools, body: string | Uint8Array): Promise<void> {
  const bytes = await route('bytes')
  const { headers, body: sent } = sign('bytes', { body })
  const digest = createHash('sha256').update(sent).digest('hex')
  const client = connect()
  for (const chunkBytes of [undefined, 3]) {
    const pieces = chunkBytes === undefined ? {} : { chunkBytes }
    client.send(writeRequest({ target: bytes.target, headers, body: sent, ...pieces }))
    equal((await client.takeAnswer()).status, 200)
    equal((await takeOnlyRun(bytes)).digest, digest)
  }
  const other = sent.length === 0 ? ' ' : Buffer.from(sent).subarray(1)
  client.send(writeRequest({ target: bytes.target, headers, body: other }))
  await expectRefusal(bytes, await client.takeAnswer(), { status: 401, code: 'SIGNATURE_MISMATCH' })
}

export const byteExactnessCases: readonly ContractCase[] = [
  ...Object.entries(bodies).map(([what, body]) => ({
    name: `a body is taken by its bytes: ${what}`,
    run: (tools: CaseTools) => takesBytes(tools, body),
  })),
  {
    name: 'a body of exactly the default limit of 1 MiB is taken, and a byte more is not',
    async run({ route, connect }) {
      const bytes = await route('bytes')
      const { headers, body } = sign('bytes', { body: 'x'.repeat(mebibyte) })
      const client = connect().send(writeRequest({ target: bytes.target, headers, body }))
      equal((await client.takeAnswer()).status, 200)
      equal((await takeOnlyRun(bytes)).bytes, mebibyte)
      const more = sign('bytes', { body: 'x'.repeat(mebibyte + 1) })
      const refused = connect().send(
        writeRequest({ target: bytes.target, headers: more.headers, body: more.body }),
      )
      await expectRefusal(bytes, await refused.answer(), { status: 413, code: 'BODY_TOO_LARGE' })
    },
  },
  {
    name: 'a body that comes byte by byte is one body',
    async run({ route, connect }) {
      const plain = await route('plain')
      const { headers, body } = signTicket({ body: ticketBody({ text: 'grüße 👋' }) })
      const client = connect().send(
        writeHead({ target: plain.target, headers }, [`content-length: ${body.length}`]),
      )
      for (const byte of bodyText({ body })) client.send(byte)
      equal((await client.answer()).status, 200)
      equal((await takeOnlyRun(plain)).digest, createHash('sha256').update(body).digest('hex'))
    },
  },
  {
    name: 'the payload is what the signed bytes say',
    async run({ route, deliver }) {
      const plain = await route('plain')
      const text =
        '{"id":"1","type":"ticket.created","data":{"title":"Grüße 👋 $&","__proto__":{"a":1},"n":1.50}}'
      equal((await deliver(plain, signTicket({ body: text, id: 'd-1' }))).status, 200)
      const { id, event, payload, secretId, attempt } = await takeOnlyRun(plain)
      equal(payload, JSON.stringify(JSON.parse(text)))
      equal(JSON.stringify([id, event, secretId, attempt]), '["d-1","ticket.created","canary-secret",1]')
    },
  },
]

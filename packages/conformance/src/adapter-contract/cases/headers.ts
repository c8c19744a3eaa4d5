import { deepEqual, equal, ok } from 'node:assert/strict'
import { bodyText, writeHead, writeRequest } from '@countersign/testing/http'
import { contractSettings } from '../../routes/contract-settings.js'
import type { CaseTools, ContractCase } from '../contract-case.js'
import type { RemoteRoute } from '../remote-route.js'
import { sign, signTicket } from '../sign.js'
import { expectRefusal, takeOnlyRun } from './expect.js'

type Header = readonly [name: string, value: string]

const signature = 'x-visibuild-signature'

/** A good delivery with more headers than it should have. */
function withHeaders(route: RemoteRoute, ...added: readonly Header[]): string {
  const { headers, body } = signTicket()
  return writeRequest({ target: route.target, headers: [...headers, ...added], body })
}

/** A good delivery with one header in place of its own. */
function withHeader(route: RemoteRoute, [name, value]: Header): string {
  const { headers, body } = signTicket()
  const others = headers.filter(([own]) => own.toLowerCase() !== name)
  return writeRequest({ target: route.target, headers: [...others, [name, value]], body })
}

const refused: Readonly<Record<string, readonly [code: string, write: (route: RemoteRoute) => string]>> = {
  'the signature header twice, the same': [
    'HEADER_AMBIGUOUS',
    (route) => {
      const { headers, body } = signTicket()
      const again = headers.filter(([name]) => name.toLowerCase() === signature)
      return writeRequest({ target: route.target, headers: [...headers, ...again], body })
    },
  ],
  'the signature header twice, another one': [
    'HEADER_AMBIGUOUS',
    (route) => withHeaders(route, [signature, `sha256=${'0'.repeat(64)}`]),
  ],
  'the timestamp header twice': [
    'HEADER_AMBIGUOUS',
    (route) => withHeaders(route, ['X-Visibuild-Timestamp', '1']),
  ],
  'the delivery header twice': [
    'HEADER_AMBIGUOUS',
    (route) => withHeaders(route, ['x-visibuild-delivery', 'other']),
  ],
  'no signature header': [
    'HEADER_MISSING',
    (route) => {
      const { headers, body } = signTicket({ omitProof: true })
      return writeRequest({ target: route.target, headers, body })
    },
  ],
  'bytes beyond ASCII in the signature': [
    'HEADER_MALFORMED',
    (route) => withHeader(route, [signature, 'sha256=\xff\xfe\u00e9']),
  ],
  'a signature of 12 KB': [
    'HEADER_MALFORMED',
    (route) => withHeader(route, [signature, `sha256=${'ab,'.repeat(4096)}`]),
  ],
}

const contentTypes: Readonly<Record<string, readonly string[]>> = {
  'an empty one': [''],
  'a tab in it': ['application/json\ta'],
  'a parameter': ['application/json; charset=utf-8'],
  'garbage behind it': ['application/json garbage'],
  'upper case': ['APPLICATION/JSON'],
  'plain text': ['text/plain'],
  multipart: ['multipart/form-data; boundary=x'],
  'an invalid one': [';;='],
  'two of them': ['application/json', 'text/plain'],
}

async function takesContentType({ route, connect }: CaseTools, values: readonly string[]): Promise<void> {
  const plain = await route('plain')
  const { headers, body } = signTicket({ headers: { 'content-type': undefined } })
  const types = values.map((value): Header => ['content-type', value])
  const client = connect().send(writeRequest({ target: plain.target, headers: [...headers, ...types], body }))
  equal((await client.answer()).status, 200)
  equal((await takeOnlyRun(plain)).bytes, body.length)
}

export const headerCases: readonly ContractCase[] = [
  {
    name: 'header names are the same in any case',
    async run({ route, connect }) {
      const plain = await route('plain')
      for (const spell of [(name: string) => name.toUpperCase(), (name: string) => name.toLowerCase()]) {
        const { headers, body } = signTicket()
        const spelled = headers.map(([name, value]): Header => [spell(name), value])
        const client = connect().send(writeRequest({ target: plain.target, headers: spelled, body }))
        equal((await client.answer()).status, 200)
        await takeOnlyRun(plain)
      }
    },
  },
  ...Object.entries(refused).map(([what, [code, write]]) => ({
    name: `refused by its headers: ${what}`,
    async run({ route, connect, isUnharmed }: CaseTools) {
      const plain = await route('plain')
      await expectRefusal(plain, await connect().send(write(plain)).answer(), { status: 401, code })
      await isUnharmed(plain)
    },
  })),
  {
    name: 'a second Authorization header is seen, whether it is the same or not',
    async run({ route, connect }) {
      const basic = await route('basic')
      const { headers, body } = sign('basic', { payload: { a: '1' } })
      const own = headers.filter(([name]) => name.toLowerCase() === 'authorization')
      equal(own.length, 1)
      const client = connect()
      equal(
        (await client.send(writeRequest({ target: basic.target, headers, body })).takeAnswer()).status,
        200,
      )
      await takeOnlyRun(basic)
      const added: readonly Header[] = [...own, ['Authorization', 'Basic eDp5']]
      for (const header of added) {
        const request = { target: basic.target, headers: [...headers, header], body }
        const answer = await client.send(writeRequest(request)).takeAnswer()
        await expectRefusal(basic, answer, { status: 401, code: 'HEADER_AMBIGUOUS' })
      }
    },
  },
  {
    name: 'wrong credentials are answered with the challenge',
    async run({ route, deliver }) {
      const basic = await route('basic')
      const { username } = contractSettings.credentials
      const forged = sign('basic', { secret: { username, password: 'another-password-of-32-characters' } })
      const answer = await deliver(basic, forged)
      await expectRefusal(basic, answer, { status: 401, code: 'SIGNATURE_MISMATCH' })
      ok(answer.headers.get('www-authenticate')?.startsWith('Basic '))
    },
  },
  {
    name: 'bytes beyond ASCII in a header that is not the sender’s are none of its business',
    async run({ route, connect }) {
      const plain = await route('plain')
      const client = connect().send(
        withHeaders(plain, ['x-note', '\xe9\xff'], ['__proto__', 'x'], ['constructor', '']),
      )
      equal((await client.answer()).status, 200)
      await takeOnlyRun(plain)
    },
  },
  {
    name: 'headers of 64 KB end in an answer',
    async run({ route, connect, isUnharmed }) {
      const plain = await route('plain')
      const client = connect().send(withHeaders(plain, ['x-long', 'a'.repeat(65_536)]))
      await client.until((text) => client.isClosed || text.startsWith('HTTP/1.1 '))
      await plain.reset()
      await isUnharmed(plain)
    },
  },
  {
    name: 'a delivery without a content type is read by its bytes',
    run: (tools) => takesContentType(tools, []),
  },
  ...Object.entries(contentTypes).map(([what, values]) => ({
    name: `a delivery is read by its bytes, with a content type of: ${what}`,
    run: (tools: CaseTools) => takesContentType(tools, values),
  })),
  {
    name: 'a compressed body is refused with 415',
    async run({ route, connect, isUnharmed }) {
      const plain = await route('plain')
      for (const encoding of ['gzip', 'br', 'x-unknown']) {
        const client = connect().send(withHeaders(plain, ['content-encoding', encoding]))
        await expectRefusal(plain, await client.answer(), { status: 415, code: 'BODY_ENCODED' })
      }
      await isUnharmed(plain)
    },
  },
  {
    name: 'a sender that asks before it sends (Expect: 100-continue) is told to',
    async run({ route, connect }) {
      const plain = await route('plain')
      const { headers, body } = signTicket()
      const lines = ['expect: 100-continue', `content-length: ${body.length}`]
      const client = connect().send(writeHead({ target: plain.target, headers }, lines))
      await client.until((text) => text.startsWith('HTTP/1.1 100 '))
      equal((await client.send(bodyText({ body })).answer()).status, 200)
      await takeOnlyRun(plain)
    },
  },
  {
    name: 'a length that is none, or two of them, runs nothing',
    async run({ route, connect, isUnharmed }) {
      const plain = await route('plain')
      const { headers, body } = signTicket()
      const length = String(body.length)
      const lengths = [['1e3'], ['-1'], [length, '1'], [`${length}, 1`], [`0x${body.length.toString(16)}`]]
      for (const values of lengths) {
        const lines = values.map((value) => `content-length: ${value}`)
        const client = connect().send(
          writeHead({ target: plain.target, headers }, lines) + bodyText({ body }),
        )
        const text = await client.until((text) => client.isClosed || text.startsWith('HTTP/1.1 '))
        ok(text === '' || text.startsWith('HTTP/1.1 4'), `${values.join(' and ')}: ${text}`)
      }
      await isUnharmed(plain)
    },
  },
  {
    name: 'Content-Length beside Transfer-Encoding runs nothing',
    async run({ route, connect, isUnharmed }) {
      const plain = await route('plain')
      const { headers, body } = signTicket()
      const lines = [`content-length: ${body.length}`, 'transfer-encoding: chunked']
      const client = connect().send(writeHead({ target: plain.target, headers }, lines) + bodyText({ body }))
      const text = await client.until((text) => client.isClosed || text.startsWith('HTTP/1.1 '))
      ok(text === '' || text.startsWith('HTTP/1.1 4'), text)
      await isUnharmed(plain)
    },
  },
  {
    name: 'the secret resolver sees the request as it came',
    async run({ route, connect }) {
      const resolved = await route('resolved')
      const { headers, body } = signTicket()
      const target = `${resolved.target}?tenant=a%20b&x=1`
      const forwarded: readonly Header[] = [
        ['x-forwarded-host', 'evil.test'],
        ['x-original-url', '/evil'],
      ]
      const client = connect().send(writeRequest({ target, headers: [...headers, ...forwarded], body }))
      equal((await client.answer()).status, 200)
      const asked = (await resolved.take()).flatMap((entry) => (entry.type === 'asked' ? [entry] : []))
      const [{ method, url, host } = { method: '', url: '', host: '' }] = asked
      deepEqual([asked.length, method, host], [1, 'POST', 'contract.test'])
      ok(url.endsWith(target), url)
    },
  },
]

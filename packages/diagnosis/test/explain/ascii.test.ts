import { explain } from '@countersign/diagnosis'
import { describe, expect, test } from 'vitest'
import { plain } from './support/signed.js'

const words = 'Zoë – café ☕ “naïve” 🎉'
const texts: Readonly<Record<string, string>> = {
  JSON: `{"id":"evt_1","name":"${words}","url":"https://ex.com/a?b=1&c=%20x","note":"<b> &amp; \\n"}`,
  text: `hello ${words} & <b> 100 %`,
  XML: `<a href="?x=1&amp;y">${words}</a>`,
}
const codes = (text: string, write: (code: number) => string) =>
  text.replace(/[^\0-\x7f]/gu, (character) => write(character.codePointAt(0) ?? 0))
const bytes = (text: string, write: (byte: number) => string) =>
  text.replace(/[^\0-\x7f]+/g, (run) => [...Buffer.from(run)].map(write).join(''))
const hex = (code: number, digits = 1) => code.toString(16).padStart(digits, '0')
const plainLetters = (text: string, form: 'NFD' | 'NFKD') => text.normalize(form).replace(/\p{M}/gu, '')

const names: Readonly<Record<string, string>> = {
  ë: '&euml;',
  é: '&eacute;',
  ï: '&iuml;',
  '–': '&ndash;',
  '“': '&ldquo;',
  '”': '&rdquo;',
}

/** What can be undone. The escapes of JSON have causes of their own. */
const escapes: Readonly<Record<string, (text: string) => string>> = {
  'XML numeric': (text) => codes(text, (code) => `&#${code};`),
  'XML hex': (text) => codes(text, (code) => `&#x${hex(code).toUpperCase()};`),
  'HTML names': (text) => codes(text, (code) => names[String.fromCodePoint(code)] ?? `&#${code};`),
  percent: (text) => bytes(text, (byte) => `%${hex(byte).toUpperCase()}`),
  'quoted-printable': (text) => bytes(text, (byte) => `=${hex(byte).toUpperCase()}`),
  "Python's backslashes": (text) =>
    codes(text, (code) =>
      code < 0x100 ? `\\x${hex(code, 2)}` : code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`,
    ),
  'bytes in hex': (text) => bytes(text, (byte) => `\\x${hex(byte)}`),
}
const losses: Readonly<Record<string, (text: string) => string | Uint8Array>> = {
  dropped: (text) => codes(text, () => ''),
  'a question mark each': (text) => codes(text, () => '?'),
  'a question mark for each byte': (text) => bytes(text, () => '?'),
  'stripped of accents': (text) => plainLetters(text, 'NFD'),
  'stripped of accents, the rest dropped': (text) => codes(plainLetters(text, 'NFKD'), () => ''),
  'stripped of accents, the rest replaced': (text) => codes(plainLetters(text, 'NFKD'), () => '?'),
  transliterated: (text) =>
    codes(plainLetters(text, 'NFKD').replace('–', '-').replace(/[“”]/g, '"'), () => '?'),
  "Node's ascii": (text) => Buffer.from(Buffer.from(text).toString('ascii'), 'latin1'),
  "Node's latin1": (text) => Buffer.from(text, 'latin1'),
}
const pairs = (ways: object) =>
  Object.keys(texts).flatMap((kind) => Object.keys(ways).map((way) => [kind, way] as const))

describe('text made ASCII', () => {
  test.each(pairs(escapes))('%s is proved where it came escaped: %s', async (kind, way) => {
    const text = texts[kind] ?? ''
    const { capture, options } = plain({ signed: text, received: escapes[way]?.(text) ?? '' })

    const { findings } = await explain(capture, options)

    expect(findings).toMatchObject([{ cause: 'body.made-ascii', target: 'body', level: 'proof' }])
  })

  test.each(pairs({ ...escapes, ...losses }))(
    '%s is proved where the sender signed it so: %s',
    async (kind, way) => {
      const text = texts[kind] ?? ''
      const made = { ...escapes, ...losses }[way]?.(text) ?? ''
      const { capture, options } = plain({ signed: made, received: text })

      const { verdict, findings } = await explain(capture, options)

      expect(verdict).toBe('explained')
      expect(findings).toMatchObject([{ cause: 'body.ascii-signed', target: 'body', level: 'proof' }])
    },
  )

  test('is the first hint where question marks are left of it', async () => {
    const text = texts.JSON ?? ''
    for (const made of [codes(text, () => '?'), bytes(text, () => '?')]) {
      const { capture, options } = plain({ signed: text, received: made })

      const { verdict, findings } = await explain(capture, { ...options, budgetMs: 500 })

      expect(verdict).toBe('unexplained')
      expect(findings[0]).toMatchObject({ cause: 'body.made-ascii', level: 'hint' })
    }
  })

  test('is the first hint where whole JSON is shorter than announced, and a cut is not', async () => {
    const text = texts.JSON ?? ''
    const headers = [['Content-Length', String(Buffer.byteLength(text))]] as const
    const { capture, options } = plain({ signed: text, received: codes(text, () => ''), headers })

    const { findings } = await explain(capture, { ...options, budgetMs: 500 })

    expect(findings[0]).toMatchObject({ cause: 'body.made-ascii', level: 'hint' })
    expect(findings.map(({ cause }) => cause)).not.toContain('body.truncated')
  })

  test('comes behind what is certain where nothing shows it', async () => {
    const { capture, options } = plain({ signed: '{"name":"café"}', received: '{"name":"cafe"}' })

    const { findings } = await explain(capture, { ...options, budgetMs: 500 })

    const causes = findings.map(({ cause }) => cause)
    expect(causes.indexOf('body.made-ascii')).toBeGreaterThan(causes.indexOf('unknown.secret-or-body'))
  })

  test('is found of a secret, too', async () => {
    const { capture, options } = plain({ secret: 'Zoë-0123456789abcdef', key: 'Zo?-0123456789abcdef' })

    const { findings } = await explain(capture, options)

    expect(findings).toMatchObject([{ cause: 'secret.wrong-charset', level: 'proof' }])
  })
})

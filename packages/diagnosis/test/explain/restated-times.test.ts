import { explain } from '@countersign/diagnosis'
import { describe, expect, test } from 'vitest'
import { body, hmac, listed, paired, secret, time, versioned } from './support/signed.js'

const asIso = (unit: string) => `2026-01-01T00:00:00${unit}`
const words = 'Thu, 01 Jan 2026 00:00:00 GMT'

/** What the header says, and what is signed in its place. */
const restated: readonly (readonly [what: string, sent: string, signed: string])[] = [
  ['milliseconds for seconds', time, `${time}000`],
  ['the milliseconds that the header leaves out', time, `${time}123`],
  ['seconds for milliseconds', `${time}900`, time],
  ['seconds rounded up', `${time}900`, '1767225601'],
  ['a second later', time, '1767225601'],
  ['a second earlier', time, '1767225599'],
  ['ISO 8601 for seconds', time, asIso('Z')],
  ['ISO 8601 with milliseconds for seconds', time, asIso('.000Z')],
  ['ISO 8601 with the milliseconds left out', time, asIso('.457Z')],
  ['ISO 8601 with a numeric zone', time, asIso('+00:00')],
  ["Python's isoformat", time, asIso('.000000+00:00')],
  ['ISO 8601 without a zone', time, asIso('')],
  ['seconds for ISO 8601', asIso('Z'), time],
  ['milliseconds for ISO 8601', asIso('.250Z'), `${time}250`],
  ['ISO 8601 without its milliseconds', asIso('.250Z'), asIso('Z')],
  ['another zone', '2026-01-01T02:00:00+02:00', asIso('Z')],
  ['a date in words for seconds', time, words],
  ['seconds for a date in words', words, time],
  ['a fraction for seconds', time, `${time}.0`],
  ['a fraction with the milliseconds left out', time, `${time}.5`],
  ['seconds for a fraction', `${time}.25`, time],
  ['microseconds', time, `${time}000000`],
  ['seconds for hex', '6955b900', time],
]

describe('a time that is signed in another form than it is sent in is named and proved', () => {
  test.each(restated)('%s, in a header of its own', async (_, sent, signed) => {
    const { capture, options } = versioned({ at: sent, content: `v0:${signed}:` })

    const { verdict, findings } = await explain(capture, options)

    expect(verdict).toBe('explained')
    expect(findings[0]).toMatchObject({ cause: 'tmpl.timestamp-form', level: 'proof' })
  })

  test.each(restated)('%s, in a pair', async (_, sent, signed) => {
    const mac = hmac(secret, `${signed}.`, body).toString('hex')
    const { capture, options } = paired({ write: () => `t=${sent},v1=${mac}` })

    const { findings } = await explain(capture, options)

    expect(findings[0]).toMatchObject({ cause: 'tmpl.timestamp-form', level: 'proof' })
  })

  test('beside an id, whatever stands between them', async () => {
    const { capture, options } = listed({ content: `msg_1.${time}000.` })

    const [first] = (await explain(capture, options)).findings

    expect(first).toMatchObject({ cause: 'tmpl.timestamp-form', target: 'template', level: 'proof' })
    expect(first?.advice).toContain('what is signed is in milliseconds; what is sent is in seconds')
  })

  test('together with a secret that has blanks around it', async () => {
    const { capture, options } = versioned({ content: `v0:${asIso('Z')}:`, secret: ` ${secret}` })

    const { findings } = await explain(capture, options)

    expect(findings.map(({ cause, level }) => [cause, level]).sort()).toEqual([
      ['secret.surrounding-space', 'proof'],
      ['tmpl.timestamp-form', 'proof'],
    ])
  })
})

/** Times that no receiver reads, and whether they are only decorated. */
const malformed: readonly (readonly [what: string, text: string, isDecorated: boolean])[] = [
  ['blanks around it', ` ${time} `, true],
  ['a blank in it', '17672256 00', true],
  ['quotes', `"${time}"`, true],
  ['brackets', `<${time}>`, true],
  ['commas between thousands', '1,767,225,600', true],
  ['blanks between thousands', '1 767 225 600', true],
  ['underscores between thousands', '1_767_225_600', true],
  ['a plus', `+${time}`, true],
  ['a zero before it', `0${time}`, true],
  ['a unit behind it', `${time}s`, true],
  ['its name before it', `t=${time}`, true],
  ['a fraction', `${time}.0`, false],
  ['an exponent', '1.7672256e9', false],
  ['hex', '0x6955B900', false],
  ['a date in words', words, false],
  ['a date without a time', '2026-01-01', false],
]

describe('a time that cannot be read is named as the time', () => {
  test.each(malformed)('%s: proved, where the MAC covers what stands there', async (_, text) => {
    const { capture, options } = versioned({ at: text })

    const { verdict, findings } = await explain(capture, options)

    expect(verdict).toBe('explained')
    expect(findings.map(({ target, level }) => [target, level])).toEqual([['time', 'proof']])
  })

  test.each(malformed)('%s: proved, where the MAC covers the plain time', async (_, text, isDecorated) => {
    const { capture, options } = versioned({ at: text, content: `v0:${time}:` })

    const { findings } = await explain(capture, options)

    const causes = findings.map(({ cause }) => cause)
    expect(causes[0]).toBe(isDecorated ? 'time.rewritten' : 'tmpl.timestamp-form')
    expect(findings.map(({ target }) => target)).toContain('time')
    expect(findings.every(({ level }) => level === 'proof')).toBe(true)
  })

  test.each(malformed)('%s: the first hint, where nothing matches', async (_, text) => {
    for (const make of [versioned, paired]) {
      const { capture, options } = make({ at: text, key: 'another' })

      const { verdict, findings } = await explain(capture, { ...options, budgetMs: 300 })

      expect(verdict).toBe('unexplained')
      expect(findings[0]).toMatchObject({ cause: 'time.malformed', target: 'time', level: 'hint' })
    }
  })

  test.each(['', 'now', 'undefined', 'NaN'])(
    '"%s" in its place is proved within minutes of now',
    async (text) => {
      const { capture, options } = versioned({ at: text, content: `v0:${time}:` })

      const { findings } = await explain(capture, options)

      expect(findings).toMatchObject([{ cause: 'time.rewritten', target: 'time', level: 'proof' }])
    },
  )

  test('milliseconds where seconds are read are a hint beside a wrong secret', async () => {
    const { capture, options } = versioned({ at: `${time}000`, key: 'another' })

    const [first] = (await explain(capture, { ...options, budgetMs: 300 })).findings

    expect(first).toMatchObject({ cause: 'time.malformed', level: 'hint' })
    expect(first?.advice).toContain('is in milliseconds')
  })
})

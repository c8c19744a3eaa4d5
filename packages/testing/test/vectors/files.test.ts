import { readdirSync, readFileSync } from 'node:fs'
import type { VectorFile } from '@countersign/testing'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { folder, vectors } from '../../../../test/support/committed-vectors.js'
import { buildFiles } from '../../../../test-vectors/generate/build-files.js'

const committed = new Map(
  readdirSync(folder)
    .sort()
    .map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]),
)

describe('the generator', () => {
  test('writes the committed files, byte for byte', () => {
    const built = buildFiles()
    expect([...built.keys()].sort()).toEqual([...committed.keys()])
    const different = [...built].filter(([name, text]) => committed.get(name) !== text)
    expect(different.map(([name]) => name)).toEqual([])
  })

  test('writes the same whenever it runs', () => {
    expect(buildFiles()).toEqual(buildFiles())
  })
})

describe('the JSON Schema', () => {
  const schemaUrl = new URL('../schema/vector-file.schema.json', folder)
  const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false })
  const validate = ajv.compile(JSON.parse(readFileSync(schemaUrl, 'utf8')))

  test.each([...committed.keys()])('takes %s', (name) => {
    validate(JSON.parse(committed.get(name) ?? ''))
    expect(validate.errors).toBeNull()
  })

  type Edit = (
    file: { groups: { secrets: object[]; tests: Record<string, unknown>[] }[] } & Record<string, unknown>,
  ) => void
  const faults: readonly (readonly [name: string, edit: Edit])[] = [
    ['an unknown field', (file) => Object.assign(file, { surprise: true })],
    ['no number of tests', (file) => delete file.numberOfTests],
    ['no groups', (file) => file.groups.splice(0)],
    [
      'an unknown algorithm',
      (file) => Object.assign(file.scheme as object, { signature: { algorithm: 'md5' } }),
    ],
    ['no body in the signed content', (file) => Object.assign(file.scheme as object, { signedContent: 'x' })],
    [
      'two bodies in the signed content',
      (file) => Object.assign(file.scheme as object, { signedContent: '{body}\n{bodySha256Hex}' }),
    ],
    ['a secret that says nothing', (file) => file.groups[0]?.secrets.splice(0, 1, {})],
    [
      'a valid case with a code',
      (file) => Object.assign(file.groups[0]?.tests[0] ?? {}, { code: 'ERR_WEBHOOK_X' }),
    ],
    ['a valid case without its delivery', (file) => delete file.groups[0]?.tests[0]?.delivery],
    [
      'a valid case that is not authentic',
      (file) => Object.assign(file.groups[0]?.tests[0] ?? {}, { authentic: false }),
    ],
    [
      'an invalid case without a code',
      (file) => Object.assign(file.groups[0]?.tests[0] ?? {}, { result: 'invalid' }),
    ],
    ['a case without flags', (file) => Object.assign(file.groups[0]?.tests[0] ?? {}, { flags: [] })],
    [
      'a header that is no pair',
      (file) => Object.assign(file.groups[0]?.tests[0]?.request ?? {}, { headers: [['name']] }),
    ],
    [
      'a body that is not base64',
      (file) => Object.assign(file.groups[0]?.tests[0]?.request ?? {}, { body: '{"a":1}' }),
    ],
  ]
  test.each(faults)('refuses a file with %s', (_, edit) => {
    const file = JSON.parse(committed.get('visibuild.json') ?? '')
    edit(file)
    expect(validate(file)).toBe(false)
  })
})

describe('the files', () => {
  const files = [...committed].map(([name, text]) => ({ name, file: JSON.parse(text) as VectorFile }))

  test.each(files)('$name: its names, numbers and flags fit together', ({ name, file }) => {
    const tests = file.groups.flatMap((group) => group.tests)
    expect(`${file.name}.json`).toBe(name)
    expect(tests.map(({ tcId }) => tcId)).toEqual(tests.map((_, index) => index + 1))
    const flags = new Set(tests.flatMap((test) => test.flags))
    expect(new Set(Object.keys(file.notes))).toEqual(flags)
    expect(tests.some(({ result }) => result === 'valid')).toBe(true)
    expect(tests.some(({ result }) => result === 'invalid')).toBe(true)
  })

  test('no file holds the same case twice', () => {
    const seen = new Map<string, string>()
    const twice: string[] = []
    for (const { file, tcId, comment, secrets, options, now, request } of vectors) {
      const key = JSON.stringify([file, secrets, options, now, request])
      const other = seen.get(key)
      if (other !== undefined) twice.push(`${file} tcId ${tcId} (${comment}) is tcId ${other}`)
      seen.set(key, `${tcId} (${comment})`)
    }
    expect(twice).toEqual([])
  })

  test('every reason a request can be refused for is there', () => {
    const codes = new Set(vectors.map(({ code }) => code))
    const reasons = [
      'METHOD_NOT_ALLOWED',
      'BODY_TOO_LARGE',
      'BODY_INCOMPLETE',
      'BODY_ENCODED',
      'HEADER_MISSING',
      'HEADER_MALFORMED',
      'HEADER_AMBIGUOUS',
      'SIGNATURE_MISMATCH',
      'SECRET_EXPIRED',
      'TIMESTAMP_MISSING',
      'TIMESTAMP_MALFORMED',
      'TIMESTAMP_TOO_OLD',
      'TIMESTAMP_TOO_NEW',
      'PAYLOAD_MALFORMED',
    ]
    for (const reason of reasons) expect(codes).toContain(`ERR_WEBHOOK_${reason}`)
  })
})

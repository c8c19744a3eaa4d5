import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadVectors, type VectorFile, vectorBody, vectorOptions, vectorRequest } from '@countersign/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { folder, vectors } from '../../../../test/support/committed-vectors.js'

const small: VectorFile = {
  name: 'small',
  description: 'One case.',
  scheme: { name: 'small', signature: { algorithm: 'token', header: 'x-token' } },
  numberOfTests: 1,
  notes: {},
  groups: [
    {
      comment: 'One secret',
      secrets: [
        { text: 'a token of some length' },
        { id: 'old', base64: 'AAEC', notAfter: '2026-01-01T00:00:00Z' },
      ],
      options: { maxBodyBytes: 10 },
      tests: [
        {
          tcId: 1,
          comment: 'no token',
          flags: [],
          now: 5,
          request: { method: 'POST', url: '/', headers: [], body: 'aGk=' },
          result: 'invalid',
          code: 'ERR_WEBHOOK_HEADER_MISSING',
          authentic: false,
        },
      ],
    },
  ],
}

describe('loadVectors', () => {
  let directory = ''
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'countersign-'))
  })
  afterAll(() => rm(directory, { recursive: true }))

  test('reads a folder by URL and by path alike', async () => {
    expect(await loadVectors(fileURLToPath(folder))).toEqual(vectors)
  })

  test('reads a single file', async () => {
    const path = join(directory, 'small.json')
    await writeFile(path, JSON.stringify(small))
    const [vector] = await loadVectors(path)
    expect(vector).toMatchObject({ file: 'small', tcId: 1, options: { maxBodyBytes: 10 } })
  })

  test('takes several files that were read already', async () => {
    const loaded = await loadVectors([small, { ...small, name: 'again' }])
    expect(loaded.map(({ file }) => file)).toEqual(['small', 'again'])
  })

  test('refuses a file that holds fewer cases than it says', async () => {
    await expect(loadVectors({ ...small, numberOfTests: 2 })).rejects.toThrow(
      '"small" holds 1 cases and says 2',
    )
  })

  test('refuses JSON that is no vector file', async () => {
    const path = join(directory, 'other.json')
    await writeFile(path, '{"name":"other"}')
    await expect(loadVectors(path)).rejects.toThrow('"other" is no vector file')
    await rm(path)
  })

  test('refuses a folder without vectors, and one that is not there', async () => {
    const empty = await mkdtemp(join(directory, 'empty-'))
    await expect(loadVectors(empty)).rejects.toThrow('No vectors')
    await expect(loadVectors(join(directory, 'nowhere'))).rejects.toThrow('ENOENT')
  })
})

describe('a vector', () => {
  test('becomes a request and the options of verify()', async () => {
    const [vector] = await loadVectors(small)
    if (!vector) throw new Error('no vector')
    const body = new TextEncoder().encode('hi')
    expect(vectorRequest(vector)).toEqual({ method: 'POST', url: '/', headers: [], body })
    const { now, ...options } = vectorOptions(vector)
    expect(now?.()).toBe(5)
    expect(options).toEqual({
      scheme: small.scheme,
      maxBodyBytes: 10,
      secret: [
        'a token of some length',
        { id: 'old', value: Uint8Array.of(0, 1, 2), notAfter: '2026-01-01T00:00:00Z' },
      ],
    })
  })

  test('has a body in base64 or by recipe', () => {
    const recipe = [
      { repeat: 'YWI=', times: 3 },
      { repeat: 'LQ==', times: 1 },
    ]
    expect(Buffer.from(vectorBody(recipe)).toString()).toBe('ababab-')
    expect(Buffer.from(vectorBody('aGk=')).toString()).toBe('hi')
    expect(vectorBody('')).toHaveLength(0)
  })
})

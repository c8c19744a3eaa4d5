import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isWebhookError, type VerifyOptions, verify } from '@countersign/core'
import { runVectors, sendVector, vectorOptions } from '@countersign/testing'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { vectors } from '../../../../test/support/committed-vectors.js'

/** What a receiver over HTTP is set up with for the vector that comes next. */
let options: VerifyOptions | undefined
let readHeaders: (message: IncomingMessage) => [string, string][]
let server: Server
let url: string

beforeAll(async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  server = createServer(async (message, response) => {
    const { method = '', url: target = '' } = message
    const body = async () => {
      const chunks: Buffer[] = []
      for await (const chunk of message) chunks.push(chunk)
      return Buffer.concat(chunks)
    }
    try {
      if (!options) throw new Error('no vector')
      await verify({ method, url: target, headers: readHeaders(message), body }, options)
      response.end('valid')
    } catch (error) {
      response.end(isWebhookError(error) ? error.code : String(error))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`
})
afterAll(() => {
  server.close()
  vi.restoreAllMocks()
})

/** The header pairs as they came. */
function asTheyCame({ rawHeaders }: IncomingMessage): [string, string][] {
  return rawHeaders.flatMap((name, index) => (index % 2 ? [] : [[name, rawHeaders[index + 1] ?? '']]))
}

/** As platforms with web-standard requests show them: repeated ones joined with a comma and a blank. */
function joined(message: IncomingMessage): [string, string][] {
  const headers = new Headers()
  for (const [name, value] of asTheyCame(message)) headers.append(name, value)
  return [...headers]
}

const sendable = vectors.filter(({ transport }) => transport !== 'direct')

describe.each([
  { name: 'as they came', read: asTheyCame },
  { name: 'joined', read: joined },
])('with header pairs $name', ({ read }) => {
  test('every vector over real HTTP ends as stated', { timeout: 120_000 }, async () => {
    readHeaders = read
    const differences: string[] = []
    for (const vector of sendable) {
      options = vectorOptions(vector)
      const { status, body } = await sendVector(vector, url)
      const stated = vector.code ?? 'valid'
      if (status !== 200 || body !== stated) {
        differences.push(
          `${vector.file} tcId ${vector.tcId} (${vector.comment}): ${body} instead of ${stated}`,
        )
      }
    }
    expect(differences).toEqual([])
  })
})

describe('the vectors that cannot be sent', () => {
  const direct = vectors.filter(({ transport }) => transport === 'direct')

  test('are few, and refused by sendVector', async () => {
    expect(direct.length).toBeLessThan(vectors.length / 10)
    const [vector] = direct
    if (!vector) throw new Error('no vectors')
    await expect(sendVector(vector, url)).rejects.toThrow('cannot be sent over HTTP')
  })

  test('pass directly', async () => {
    expect((await runVectors(direct)).failed).toEqual([])
  })
})

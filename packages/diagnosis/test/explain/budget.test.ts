import { github } from '@countersign/core/schemes'
import { explain } from '@countersign/diagnosis'
import { describe, expect, test } from 'vitest'
import { hmac, plain, secret } from './support/signed.js'

const wrong = { secret: 'not what the sender has, at all' }

/** Each reading takes so many milliseconds, on every machine. */
function countedClock(ms: number): () => number {
  let readings = 0
  return () => ms * readings++
}

describe('the time for a search', () => {
  test('ends it, and that is said', async () => {
    const clock = countedClock(10)
    const { capture, options } = plain(wrong)

    const { verdict, findings, searchedWhole } = await explain(capture, { ...options, budgetMs: 200, clock })

    expect([verdict, searchedWhole]).toEqual(['unexplained', false])
    expect(findings.map(({ cause }) => cause)).toContain('unknown.secret-or-body')
    // Once a digest at the most, and a few times around them.
    expect(clock()).toBeLessThan(600)
  })

  test('is not said to have ended it where all was tried', async () => {
    const { capture, options } = plain({ ...wrong, received: 'a few words' })

    const { searchedWhole } = await explain(capture, { ...options, clock: () => 0 })

    expect(searchedWhole).toBe(true)
  })

  test('is no reason to keep what was found', async () => {
    let ticks = 0
    const { capture, options } = plain({ secret: `"${secret}"` })

    const { verdict } = await explain(capture, { ...options, budgetMs: 12, clock: () => ticks++ })

    expect(verdict).toBe('explained')
  })
})

describe('a body of 50 MB', () => {
  const large = Buffer.alloc(50 * 1024 * 1024, 'a line of a large file\n')
  const received = Buffer.concat([large, Buffer.from('\n')])
  const mac = hmac(secret, large).toString('hex')
  const capture = {
    method: 'POST',
    url: 'https://shop.example.com/hooks',
    headers: [['X-Hub-Signature-256', `sha256=${mac}`]] as const,
    body: received,
    notes: [],
  }

  test('is searched for what is likeliest', async () => {
    const options = { scheme: github(), secrets: [{ id: 'SECRET', value: secret }] }

    const { findings } = await explain(capture, { ...options, budgetMs: 3_000, clock: countedClock(100) })

    expect(findings[0]).toMatchObject({ cause: 'body.trailing-newline-added', level: 'proof' })
  })

  test('costs the budget and little more', async () => {
    const secrets = [{ id: 'SECRET', value: wrong.secret }]
    const clock = countedClock(100)

    const { searchedWhole } = await explain(capture, { scheme: github(), secrets, budgetMs: 400, clock })

    expect(searchedWhole).toBe(false)
    // Once a digest at the most, and a few times around them.
    expect(clock()).toBeLessThan(2_000)
  })
})

test('others have their turn while it searches, and may end it', async () => {
  const { capture, options } = plain(wrong)
  const controller = new AbortController()
  setImmediate(() => controller.abort(new Error('the user has seen enough')))

  const search = explain(capture, { ...options, budgetMs: 60_000, signal: controller.signal })

  await expect(search).rejects.toThrow('the user has seen enough')
})

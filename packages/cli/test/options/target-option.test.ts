import { createHook } from 'node:async_hooks'
import { lookup } from 'node:dns'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { checkTarget } from '../../src/options/target-option.js'
import { run } from '../support/run.js'

test.each([
  'http://127.0.0.1:3000/hooks',
  'http://127.9.8.7/',
  'http://localhost:3000/hooks?a=b',
  'https://receiver.localhost/',
  'http://[::1]:3000/',
  'http://[::ffff:127.0.0.1]/',
  'http://2130706433/',
])('%s is this machine', (url) => {
  expect(checkTarget(url).href).toBe(new URL(url).href)
})

test.each([
  'http://192.0.2.1/',
  'http://[2001:db8::1]/',
  'http://[::ffff:192.0.2.1]/',
  'http://0.0.0.0/',
  'http://shop.example.com/',
  'http://127.0.0.1.example.com/',
  'http://localhost.example.com/',
  'http://notlocalhost/',
])('%s is another, and needs to be allowed', (url) => {
  expect(() => checkTarget(url)).toThrow(
    expect.objectContaining({ exitCode: 2, message: expect.stringContaining('--allow-remote') }),
  )
  expect(checkTarget(url, { allowRemote: true }).href).toBe(new URL(url).href)
})

describe('before a remote host is allowed, its name is not looked up', () => {
  /** Node's own lookups, whatever asks for them. */
  async function lookupsOf(work: () => Promise<unknown>): Promise<number> {
    let count = 0
    const hook = createHook({
      init: (_, type) => {
        if (/^(GETADDRINFO|QUERY)/.test(type)) count += 1
      },
    }).enable()
    try {
      await work()
    } finally {
      hook.disable()
    }
    return count
  }

  test.each(['send', 'check'])('by %s', async (command) => {
    const args = [command, 'http://shop.example.invalid/hooks', '--scheme', 'github', '--secret-env', 'S']
    const env = { S: 'a-secret-of-the-target-tests' }
    let code: number | undefined
    const lookups = await lookupsOf(async () => {
      ;({ code } = await run(args, { env }))
    })
    expect([code, lookups]).toEqual([2, 0])
    // Allowed, it is looked up, and found nowhere.
    const allowed = await lookupsOf(async () => {
      ;({ code } = await run([...args, '--allow-remote'], { env }))
    })
    expect(code).toBe(3)
    expect(allowed).toBeGreaterThan(0)
  })

  test('a lookup would be seen', async () => {
    expect(await lookupsOf(() => promisify(lookup)('localhost'))).toBe(1)
  })
})

test.each(['', 'hooks', '127.0.0.1:3000', 'ftp://127.0.0.1/', 'file:///etc/passwd'])(
  '"%s" is no URL of a receiver',
  (url) => {
    expect(() => checkTarget(url)).toThrow(
      expect.objectContaining({ exitCode: 2, message: expect.stringContaining('write a whole URL') }),
    )
  },
)

test('credentials in a URL are refused, and not repeated', () => {
  const checking = () => checkTarget('http://ada:hunter-2@127.0.0.1/')
  expect(checking).toThrow('a secret must not be on a command line')
  expect(checking).not.toThrow('hunter-2')
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunOptions, run } from './support/run.js'
import { serve } from './support/start-receiver.js'

const env = { SECRET: 'canary-secret-0123456789abcdef' }
const asVisibuild = ['--scheme', 'visibuild', '--secret-env', 'SECRET']
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-send-'))
  writeFileSync(join(folder, 'ticket.json'), '{}')
  writeFileSync(join(folder, 'bytes.bin'), Buffer.from([0x7b, 0x00, 0xff]))
})
afterAll(() => rmSync(folder, { recursive: true }))

const send = (args: readonly string[], options: RunOptions = {}) =>
  run(['send', ...args], { env, cwd: folder, ...options })

describe('send refuses in one line', () => {
  test.each<readonly [args: readonly string[], code: number, message: string]>([
    [['http://192.0.2.1/', ...asVisibuild], 2, '--allow-remote'],
    [['no-url', ...asVisibuild], 2, 'write a whole URL'],
    [['http://user:canary-in-the-url@127.0.0.1/', ...asVisibuild], 2, 'user name or a password'],
    [['http://127.0.0.1:1/', '--scheme', 'visibuild'], 2, 'no secret'],
    [['http://127.0.0.1:1/', '--scheme', 'nobody', '--secret-env', 'SECRET'], 2, 'unknown scheme "nobody"'],
    [['http://127.0.0.1:1/', '--scheme', 'visibuild', '--secret-env', 'UNSET'], 2, 'UNSET is not set'],
    [['http://127.0.0.1:1/', ...asVisibuild, '--payload', 'bytes.bin'], 2, '"bytes.bin" is not JSON'],
    [['http://127.0.0.1:1/', ...asVisibuild, '--payload', 'none.json'], 2, 'none.json'],
    [['http://127.0.0.1:1/', ...asVisibuild, '--payload', 'ticket.json', '--form', 'a=b'], 2, 'give one of'],
    [['http://127.0.0.1:1/', ...asVisibuild, '--form', 'a'], 2, 'name=value'],
    [['http://127.0.0.1:1/', ...asVisibuild, '--header', 'a'], 2, 'Name: value'],
    [['http://127.0.0.1:1/', ...asVisibuild, '--header', 'a: b\nc'], 2, 'control characters'],
    [['http://127.0.0.1:1/', ...asVisibuild, '--timestamp', '1767225600000'], 2, 'number from 0'],
    [['http://127.0.0.1:1/', ...asVisibuild, '--stale', '--future'], 2, 'not both'],
    [['http://127.0.0.1:1/', ...asVisibuild, '--stale', '--timestamp', '1'], 2, '--stale or --timestamp'],
    [['http://127.0.0.1:1/', ...asVisibuild, '--rate', '5'], 2, '--rate needs --count'],
    [
      ['http://127.0.0.1:1/', ...asVisibuild, '--retries', '--count', '5'],
      2,
      '--retries cannot be combined with',
    ],
    [['http://127.0.0.1:1/', ...asVisibuild, '--retries', '--forge'], 2, 'valid deliveries'],
    [['http://127.0.0.1:1/', ...asVisibuild, '--duplicate', '--count', '5'], 2, 'not both'],
    [['http://127.0.0.1:1/', ...asVisibuild, '--count', '0'], 2, 'whole number from 1'],
    [['http://127.0.0.1:1/', '--scheme', 'github', '--secret-env', 'SECRET', '--stale'], 2, 'signs no time'],
    [
      ['http://127.0.0.1:1/', '--scheme', 'github', '--secret-env', 'SECRET', '--timestamp', '1'],
      2,
      'signs no time',
    ],
    [
      ['http://127.0.0.1:1/', '--scheme', 'embeddable', '--secret-env', 'SECRET', '--id', 'a'],
      2,
      'have no id',
    ],
    [
      ['http://127.0.0.1:1/', '--scheme', 'embeddable', '--secret-env', 'SECRET', '--event', 'a'],
      2,
      'have no event name',
    ],
    [
      ['http://127.0.0.1:1/', '--scheme', 'scratcher', '--secret-env', 'SECRET', '--tamper'],
      2,
      'does not cover the body',
    ],
    [
      [
        'http://127.0.0.1:1/',
        '--scheme',
        'visisto',
        '--secret-env',
        'SECRET',
        '--stale',
        '--body-file',
        'bytes.bin',
      ],
      2,
      'JSON body',
    ],
    [
      [
        'http://127.0.0.1:1/',
        '--scheme',
        'visisto',
        '--secret-env',
        'SECRET',
        '--timestamp',
        '1',
        '--form',
        'a=b',
      ],
      2,
      'JSON body',
    ],
    [['http://127.0.0.1:1/', ...asVisibuild], 3, 'no answer from http://127.0.0.1:1/: nothing listens there'],
    [['http://no-such-host.invalid/', ...asVisibuild], 2, '"no-such-host.invalid" may be another machine'],
    [
      ['http://no-such-host.invalid/', ...asVisibuild, '--allow-remote'],
      3,
      'no answer from http://no-such-host.invalid/',
    ],
  ])('%j', async (args, code, message) => {
    const result = await send(args)
    expect(result.code).toBe(code)
    expect(result.stderr).toContain(message)
    expect(result.stderr.trim().split('\n')).toHaveLength(1)
    expect(result.stdout + result.stderr).not.toMatch(/canary/)
  })

  test('an answer that does not come in time, or is none', async () => {
    const silent = await serve(() => {})
    const late = await send([silent, ...asVisibuild, '--timeout', '0.05'])
    expect([late.code, late.stderr]).toEqual([3, expect.stringContaining('timed out')])
    const odd = await serve((request) => request.socket.end('SSH-2.0\r\n'))
    const none = await send([odd, ...asVisibuild])
    expect([none.code, none.stderr]).toEqual([3, expect.stringContaining('the answer is not HTTP')])
  })

  test('Ctrl-C while nobody answers', async () => {
    const controller = new AbortController()
    const silent = await serve(() => controller.abort())
    const { code, stderr } = await send([silent, ...asVisibuild], { interrupted: controller.signal })
    expect({ code, stderr }).toEqual({ code: 130, stderr: 'countersign: interrupted\n' })
  })
})

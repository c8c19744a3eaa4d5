import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Consumer, installPackages } from '../../consumer/install-packages.js'

const require = createRequire(import.meta.url)
const jest = join(dirname(require.resolve('jest/package.json')), 'bin/jest.js')
let consumer: Consumer

beforeAll(async () => {
  consumer = await installPackages()
}, 240_000)

afterAll(() => consumer?.remove())

/** jsdom has only a part of WebCrypto and no TextEncoder. Projects add Node's in a file like this. */
const encoders = `Object.assign(globalThis, (({ TextDecoder, TextEncoder }) => ({ TextDecoder, TextEncoder }))(require('node:util')))`
const polyfills = `${encoders}
  Object.defineProperty(globalThis, 'crypto', { value: require('node:crypto').webcrypto })`

const imports = {
  esm: `
    import { createHmac } from 'node:crypto'
    import { createReceiver, isWebhookError } from '@countersign/core'
    import { visibuild } from '@countersign/core/schemes'
    import { toWebhookRequest } from '@countersign/core/node'`,
  cjs: `
    const { createHmac } = require('node:crypto')
    const { createReceiver, isWebhookError } = require('@countersign/core')
    const { visibuild } = require('@countersign/core/schemes')
    const { toWebhookRequest } = require('@countersign/core/node')`,
}

/** A delivery whose bytes and secret are Buffers of Node, as in a request. */
const delivers = `
  test('a delivery is received, and its copy is a duplicate', async () => {
    const secret = Buffer.from('a-secret-of-thirty-two-characters')
    const body = Buffer.from('{"id":"1","type":"ticket.created"}')
    const timestamp = String(Math.floor(Date.now() / 1000))
    const mac = createHmac('sha256', secret).update(timestamp + '.').update(body).digest('hex')
    const headers = { 'x-visibuild-signature': 'sha256=' + mac, 'x-visibuild-timestamp': timestamp, 'x-visibuild-event': 'ticket.created', 'x-visibuild-delivery': 'd-1' }
    const receiver = createReceiver({ scheme: visibuild(), secret, onWarning() {} })
    const receive = (body) => receiver.receive(toWebhookRequest({ method: 'POST', url: '/', headers, body }), () => undefined)
    expect((await receive(body)).type).toBe('processed')
    expect((await receive(new Uint8Array(body))).type).toBe('duplicate')
    expect((await receive(Buffer.from('{}'))).type).toBe('refused')
  })`

const refuses = `
  test('a missing feature of the runtime throws at once, and the error says what to do', async () => {
    let error
    try {
      createReceiver({ scheme: visibuild(), secret: 'a-secret-of-thirty-two-characters' })
    } catch (thrown) {
      error = thrown
    }
    expect(isWebhookError(error, 'ERR_WEBHOOK_OPTION_INVALID')).toBe(true)
    expect(error.message).toMatch(/@jest-environment node/)
    await new Promise((resolve) => setTimeout(resolve, 20))
  })`

/** Runs one test file in a separate project, as a user would. */
async function runJest(kind: keyof typeof imports, test: string, config: object): Promise<string> {
  const folder = join(consumer.folder, `jest-${kind}-${Math.random().toString(36).slice(2)}`)
  await mkdir(folder)
  const name = kind === 'esm' ? 'webhook.test.mjs' : 'webhook.test.cjs'
  await writeFile(join(folder, 'polyfills.cjs'), polyfills)
  await writeFile(join(folder, 'encoders.cjs'), encoders)
  await writeFile(join(folder, name), imports[kind] + test)
  const whole = {
    rootDir: folder,
    testMatch: ['**/webhook.test.*js'],
    transform: {},
    moduleFileExtensions: ['js', 'mjs', 'cjs'],
    cache: false,
    ...config,
  }
  const args = [
    ...(kind === 'esm' ? ['--experimental-vm-modules'] : []),
    jest,
    '--config',
    JSON.stringify(whole),
  ]
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      args,
      { cwd: folder, env: { ...process.env, NODE_OPTIONS: '', NODE_PATH: '' } },
      (error, _stdout, stderr) => resolve(error ? `failed\n${stderr}` : 'passed'),
    )
  })
}

const jsdom = { testEnvironment: require.resolve('jest-environment-jsdom') }

describe.each(['esm', 'cjs'] as const)('Jest with modules of %s', (kind) => {
  test('in jsdom with the missing features added: a delivery is received', async () => {
    expect(await runJest(kind, delivers, { ...jsdom, setupFiles: ['<rootDir>/polyfills.cjs'] })).toBe(
      'passed',
    )
  })

  test('in plain jsdom: the packages load, and the error says what is missing', async () => {
    expect(await runJest(kind, refuses, jsdom)).toBe('passed')
  })

  test('in jsdom with only the encoders: the receiver says what is missing', async () => {
    expect(await runJest(kind, refuses, { ...jsdom, setupFiles: ['<rootDir>/encoders.cjs'] })).toBe('passed')
  })

  test('in the node environment: a delivery is received', async () => {
    expect(await runJest(kind, delivers, { testEnvironment: 'node' })).toBe('passed')
  })
})

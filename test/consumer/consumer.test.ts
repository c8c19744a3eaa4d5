import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compileProgram, setups } from './compile-program.js'
import { type Consumer, installPackages } from './install-packages.js'

const run = promisify(execFile)
let consumer: Consumer

beforeAll(async () => {
  consumer = await installPackages()
}, 180_000)

afterAll(() => consumer?.remove())

const inConsumer = (...path: string[]) => join(consumer.folder, ...path)

describe.each(setups)('a strict consumer with $name', (setup) => {
  test.each(['receive.mts', 'receive.cts', 'adapters.mts', 'adapters.cts', 'stores.mts', 'stores.cts'])(
    'compiles %s',
    { timeout: 60_000 },
    (program) => {
      expect(compileProgram(inConsumer(program), setup)).toEqual([])
    },
  )

  test('compiles without the types of Node', { timeout: 60_000 }, () => {
    const web = { types: [], lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'] }
    expect(compileProgram(inConsumer('edge.mts'), setup, web)).toEqual([])
  })
})

describe('a consumer at run time', () => {
  test.each([
    ['import', 'receive.mts', 'receive.mjs'],
    ['require', 'receive.cts', 'receive.cjs'],
  ])('%s loads the packages and a delivery arrives', { timeout: 60_000 }, async (_, source, compiled) => {
    const [node16] = setups
    if (!node16) throw new Error('no setup')
    compileProgram(inConsumer(source), node16, { outDir: inConsumer('out') })
    const { stdout } = await run(process.execPath, [inConsumer('out', compiled)])
    const [status] = source === 'receive.mts' ? [204] : [200]
    expect(JSON.parse(stdout)).toEqual({ status, handled: ['closed'], code: 'ERR_WEBHOOK_HEADER_MISSING' })
  })

  test.each([
    ['import', 'adapters.mts', 'adapters.mjs'],
    ['require', 'adapters.cts', 'adapters.cjs'],
  ])(
    '%s loads every adapter, and each refuses an unsigned request',
    { timeout: 60_000 },
    async (_, source, compiled) => {
      const [node16] = setups
      if (!node16) throw new Error('no setup')
      compileProgram(inConsumer(source), node16, { outDir: inConsumer('out') })
      const { stdout } = await run(process.execPath, [inConsumer('out', compiled)])
      expect(JSON.parse(stdout)).toEqual([401, 401, 401])
    },
  )

  test.each([
    ['import', 'stores.mts', 'stores.mjs', ['redis', 'redis', 'redis', 'redis', 'postgres', 'postgres']],
    ['require', 'stores.cts', 'stores.cjs', ['redis', 'postgres', 'no database', '"a\\u0000b"']],
  ])(
    '%s loads every store, and none connects by itself',
    { timeout: 60_000 },
    async (_, source, compiled, names) => {
      const [node16] = setups
      if (!node16) throw new Error('no setup')
      compileProgram(inConsumer(source), node16, { outDir: inConsumer('out') })
      const { stdout } = await run(process.execPath, [inConsumer('out', compiled)])
      expect(JSON.parse(stdout)).toEqual(names)
    },
  )

  test('the command is installed, and explains a delivery that it has signed', async () => {
    const countersign = (command: string) =>
      run('sh', ['-c', command], {
        cwd: consumer.folder,
        env: { ...process.env, SECRET: 'consumer-secret-0123456789', NO_COLOR: '1' },
      })
    const bin = `"${process.execPath}" node_modules/@countersign/cli/dist/bin.js`
    const options = '--scheme visibuild --secret-env SECRET'
    await countersign(`${bin} sign ${options} --output signed.http && echo >> signed.http`)
    await countersign(`sed -i.bak '/^[Cc]ontent-[Ll]ength:/d' signed.http`)
    const { stdout } = await countersign(`${bin} explain signed.http ${options} --json`)
    const { verdict, findings } = JSON.parse(stdout)
    expect([verdict, findings[0].cause]).toEqual(['explained', 'body.trailing-newline-added'])
    expect((await countersign(`${bin} vectors verify --scheme github`)).stdout).toContain('0 failed')
  })

  test('an error of the CommonJS copy is recognised by the ESM copy', async () => {
    const program = `
      import { createRequire } from 'node:module'
      import * as esm from '@countersign/core'
      const cjs = createRequire(process.cwd() + '/x.js')('@countersign/core')
      const error = new cjs.WebhookPermanentError('no')
      console.log(error instanceof esm.WebhookError, esm.isWebhookError(error, 'ERR_WEBHOOK_HANDLER_FAILED_FOR_GOOD'))`
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: consumer.folder,
    })
    expect(stdout.trim()).toBe('false true')
  })
})

describe('explain: true', () => {
  const modules = ['@countersign/core', '@countersign/core/schemes', 'node:crypto']
  const names = ['{ createReceiver }', '{ embeddable }', '{ createHmac }']
  const imports = names.map((name, index) => `import ${name} from '${modules[index]}'`).join('\n')
  const requires = names.map((name, index) => `const ${name} = require('${modules[index]}')`).join('\n')
  /** Prints the warning about a forgery and exits; exits after half a second if there is none. */
  const program = `
    const secret = 'a-secret-of-thirty-two-characters'
    const onWarning = (line) => { console.log(line); process.exit() }
    const receiver = createReceiver({ scheme: embeddable(), secret, explain: true, onWarning })
    const body = Buffer.from('{"name":"Ada"}')
    const mac = createHmac('sha256', secret + '\\n').update(body).digest('hex')
    const request = { method: 'POST', url: '/', headers: { 'x-signature': 'sha256=' + mac }, body }
    receiver.receive(request, () => {}).then(() => setTimeout(() => {}, process.env.NODE_ENV === 'development' ? 20000 : 500))`

  /** A test runner may have set further places where modules are found. */
  const environment = (NODE_ENV: string) => ({ ...process.env, NODE_PATH: '', NODE_ENV })

  async function printed(type: 'module' | 'commonjs', NODE_ENV: string, cwd: string): Promise<string> {
    const file = join(consumer.folder, `explain-${NODE_ENV}.${type === 'module' ? 'mjs' : 'cjs'}`)
    await writeFile(file, `${type === 'module' ? imports : requires}\n${program}`)
    return (await run(process.execPath, [file], { cwd, env: environment(NODE_ENV) })).stdout
  }

  test.each(['module', 'commonjs'] as const)(
    'finds the installed diagnosis package from a %s, started in any folder',
    { timeout: 60_000 },
    async (type) => {
      const found = /^countersign: "embeddable": refused \(ERR_WEBHOOK_SIGNATURE_MISMATCH\): proof: secret\./
      expect(await printed(type, 'development', consumer.folder)).toMatch(found)
      expect(await printed(type, 'development', tmpdir())).toMatch(found)
      expect(await printed(type, 'production', consumer.folder)).toMatch(
        /^countersign: "embeddable": explain: true is off, /,
      )
    },
  )

  test('says what to install if it is missing', { timeout: 60_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'countersign-bundle-'))
    const outfile = join(folder, 'program.mjs')
    const stdin = { contents: `${imports}\n${program}`, resolveDir: consumer.folder }
    const { warnings } = await build({
      stdin,
      bundle: true,
      outfile,
      format: 'esm',
      platform: 'node',
      logLevel: 'silent',
    })
    expect(warnings).toEqual([])
    const { stdout } = await run(process.execPath, [outfile], {
      cwd: folder,
      env: environment('development'),
    })
    expect(stdout).toMatch(/npm install -D @countersign\/diagnosis\n$/)
    await rm(folder, { recursive: true })
  })
})

describe('a bundle for the edge', () => {
  /** As bundlers for Workers are set up. */
  async function bundle(contents: string, platform: 'neutral' | 'node' = 'neutral'): Promise<string> {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: consumer.folder },
      bundle: true,
      write: false,
      format: 'esm',
      platform,
      conditions: ['workerd', 'import'],
      logLevel: 'silent',
    })
    return outputFiles[0]?.text ?? ''
  }

  const everything = [
    'core',
    'core/schemes',
    'core/adapter',
    'core/stores',
    'core/fetch',
    'hono',
    'store-redis',
    'store-postgres',
  ]
    .map((name) => `export * from '@countersign/${name}'`)
    .join('\n')

  test('needs no Node module, and runs', async () => {
    const text = await bundle(everything)
    expect(text.match(/["']node:\w+|\b(?:Buffer|process)\.\w+|\brequire\(/g)).toBeNull()

    // The example of GitHub's page "Validating webhook deliveries".
    const program = `
      import { github, verify } from './bundle.mjs'
      const digest = '757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17'
      const headers = { 'x-hub-signature-256': 'sha256=' + digest, 'x-github-event': 'ping' }
      const request = { method: 'POST', url: '/', headers, body: new TextEncoder().encode('Hello, World!') }
      const options = { scheme: github(), secret: "It's a Secret to Everybody", parse: false }
      const { event } = await verify(request, options)
      const forged = await verify(request, { ...options, secret: 'another secret of 32 characters!' }).catch(({ code }) => code)
      console.log(event, forged)`
    await writeFile(inConsumer('bundle.mjs'), text)
    await writeFile(inConsumer('run-bundle.mjs'), program)
    const { stdout } = await run(process.execPath, [inConsumer('run-bundle.mjs')])
    expect(stdout.trim()).toBe('ping ERR_WEBHOOK_SIGNATURE_MISMATCH')
  })

  // A receiver that can only verify must not contain code that signs, nor test code.
  const forbidden = [
    ...['createSender', 'signDelivery', 'writeProof', 'omitProof', 'tamperBody', 'runVector'],
    ...['keyVariants', 'findPlaces'],
  ]

  test('contains no code that signs or tests', async () => {
    const text = await bundle(everything)
    expect(forbidden.filter((name) => text.includes(name))).toEqual([])

    const testing = await bundle(
      "export * from '@countersign/testing'\nexport * from '@countersign/diagnosis'",
      'node',
    )
    expect(forbidden.filter((name) => testing.includes(name))).toEqual(forbidden)
  })

  test('of a Node program that explains refusals does not contain the diagnosis package', async () => {
    const text = await bundle("export * from '@countersign/core'", 'node')
    expect(text).toContain('@countersign/diagnosis')
    expect(forbidden.filter((name) => text.includes(name))).toEqual([])
  })

  test('contains only the schemes that are used', async () => {
    const text = await bundle("export { visibuild } from '@countersign/core/schemes'")
    expect(text).toContain('X-Visibuild-Signature')
    for (const header of [
      'X-Visisto-Signature',
      'Stripe-Signature',
      'X-Shopify-Hmac-SHA256',
      'X-Slack-Signature',
    ]) {
      expect(text).not.toContain(header)
    }
  })
})

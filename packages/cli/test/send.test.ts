import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { verify } from '@countersign/core'
import { embeddable, github, scratcher, visibuild, visisto } from '@countersign/core/schemes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunOptions, run, runJson } from './support/run.js'
import { serve, startReceiver } from './support/start-receiver.js'

const secret = 'canary-secret-0123456789abcdef'
const env = { SECRET: secret }
const asVisibuild = ['--scheme', 'visibuild', '--secret-env', 'SECRET']
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-send-'))
  writeFileSync(join(folder, 'ticket.json'), '{ "type": "ticket.updated", "data": {} }')
  writeFileSync(join(folder, 'bytes.bin'), Buffer.from([0x7b, 0x00, 0xff]))
})
afterAll(() => rmSync(folder, { recursive: true }))

const send = (args: readonly string[], options: RunOptions = {}) =>
  run(['send', ...args], { env, cwd: folder, ...options })
const sendJson = (args: readonly string[], options: RunOptions = {}) =>
  runJson(['send', ...args], { env, cwd: folder, ...options })

describe('send', () => {
  test('delivers, and says how it was answered', async () => {
    const { url, handled } = await startReceiver({ scheme: visibuild(), secret })
    const { code, stdout, stderr } = await send([
      url,
      ...asVisibuild,
      '--event',
      'ticket.created',
      '--id',
      'a-1',
    ])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(
      /^visibuild ticket\.created, id a-1, \d+ bytes\nid a-1 is in the body at \/id, which deduplicates, and in the header X-Visibuild-Delivery\n200 in \d+ ms: \{"status":"processed"\}\n$/,
    )
    expect(handled).toEqual(['a-1'])
  })

  test('delivers what it is given: a payload, bytes, a form, headers, a method, a time', async () => {
    const seen: { method?: string; headers: NodeJS.Dict<string | string[]>; body: Buffer }[] = []
    const url = await serve(async ({ method = '', headers }, response) => {
      seen.push({ method, headers, body: Buffer.alloc(0) })
      response.end()
    })
    const all = [
      ['--payload', 'ticket.json', '--header', 'X-Own: yes', '--header', 'Content-Type:'],
      ['--body-file', 'bytes.bin', '--timestamp', '1767225600.5'],
      ['--form', 'a=b=c', '--form', 'd=', '--method', 'put'],
    ]
    for (const args of all) expect((await send([url, ...asVisibuild, ...args])).code).toBe(0)
    const [payload, bytes, form] = seen
    expect(payload?.headers).toMatchObject({ 'x-own': 'yes', 'x-visibuild-event': 'ticket.updated' })
    expect(payload?.headers).not.toHaveProperty('content-type')
    expect(bytes?.headers).toMatchObject({ 'x-visibuild-timestamp': '1767225600', 'content-length': '3' })
    expect(form).toMatchObject({
      method: 'PUT',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
  })

  test('takes a payload from stdin, and writes event and id into it', async () => {
    const { url, handled } = await startReceiver({
      scheme: {
        name: 'own',
        signature: visibuild().signature,
        signedContent: '{body}',
        deliveryId: { json: '/id' },
      },
      secret,
    })
    const scheme = join(folder, 'own.json')
    writeFileSync(
      scheme,
      JSON.stringify({
        name: 'own',
        signature: visibuild().signature,
        signedContent: '{body}',
        deliveryId: { json: '/id' },
        eventType: { json: '/kind' },
      }),
    )
    const args = [url, '--scheme', 'own.json', '--secret-env', 'SECRET', '--payload', '-']
    const { code, json } = await sendJson([...args, '--id', 'b-2', '--event', 'made'], { stdin: '{}' })
    expect(code).toBe(0)
    expect(json).toMatchObject({
      delivery: { scheme: 'own', event: 'made', id: 'b-2', bytes: 26, faults: [] },
      exchanges: [{ status: 200 }],
      ok: true,
    })
    expect(handled).toEqual(['b-2'])
  })

  test('ends with 1 where it is not taken, and says what may be wrong with the path', async () => {
    const failing = await serve((_, response) =>
      response.writeHead(503, { 'retry-after': '30' }).end('later'),
    )
    const refused = await send([failing, ...asVisibuild])
    expect(refused.code).toBe(1)
    expect(refused.stdout).toMatch(/^503 in \d+ ms \(Retry-After: 30\): later$/m)
    const missing = await serve((_, response) => response.writeHead(404).end())
    expect((await send([missing, ...asVisibuild])).stdout).toContain(
      "404: check the path of the receiver's URL",
    )
    const moved = await serve((_, response) => response.writeHead(307, { location: failing }).end())
    expect((await send([moved, ...asVisibuild])).code).toBe(1)
  })

  test('an answer that means harm to a terminal is one harmless line', async () => {
    const url = await serve((_, response) => response.end(`\u001b[2J${'x\r\n'.repeat(10_000)}`))
    const { stdout } = await send([url, ...asVisibuild])
    expect(stdout.split('\n')).toHaveLength(3)
    expect(stdout).not.toContain('\u001b')
    expect(stdout.length).toBeLessThan(300)
  })

  test.each([
    ['--forge', 'forged'],
    ['--stale', 'stale'],
    ['--future', 'from the future'],
    ['--tamper', 'tampered'],
  ])('%s is refused by a sound receiver, and taken by none that checks nothing', async (option, name) => {
    const { url, handled } = await startReceiver({ scheme: visibuild(), secret })
    const refused = await send([url, ...asVisibuild, option])
    expect(refused.code).toBe(0)
    expect(refused.stdout).toMatch(new RegExp(`bytes, ${name}\\n401 in .*\\nrefused, as it must be\\n$`))
    expect(handled).toEqual([])

    const gullible = await serve((_, response) => response.end())
    const taken = await send([gullible, ...asVisibuild, option])
    expect(taken.code).toBe(1)
    expect(taken.stdout).toContain(`accepted: a delivery that is ${name} must be refused with 4xx`)
    const failing = await serve((_, response) => response.writeHead(500).end())
    const crashed = await send([failing, ...asVisibuild, option])
    expect([crashed.code, crashed.stdout]).toEqual([
      1,
      expect.stringContaining('neither accepted nor refused'),
    ])
  })

  test('--stale lies beyond a tolerance of two sides, and in the body', async () => {
    const reasons: string[] = []
    const { url } = await startReceiver({
      scheme: visisto(),
      secret,
      onRejected: ({ code }) => reasons.push(String(code)),
    })
    const asVisisto = [url, '--scheme', 'visisto', '--secret-env', 'SECRET']
    expect((await send([...asVisisto, '--stale'])).code).toBe(0)
    expect((await send([...asVisisto, '--future'])).code).toBe(0)
    expect(reasons).toEqual(['ERR_WEBHOOK_TIMESTAMP_TOO_OLD', 'ERR_WEBHOOK_TIMESTAMP_TOO_NEW'])
  })

  test('--duplicate sends the very same twice', async () => {
    const { url, requests, handled } = await startReceiver({ scheme: visibuild(), secret })
    const { code, stdout } = await send([url, ...asVisibuild, '--duplicate'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^first: {2}200 in .*"processed"/m)
    expect(stdout).toMatch(/^second: 200 in .*"duplicate"/m)
    expect(requests[1]?.rawHeaders).toEqual(requests[0]?.rawHeaders)
    expect(handled).toHaveLength(1)
  })

  test('shows no secret that travels, nor one that comes back, in any notation', async () => {
    const credentials = 'operator:canary-password-0123456789'
    const [, password = ''] = credentials.split(':')
    const { url, requests } = await startReceiver({ scheme: scratcher(), secret: credentials })
    const asScratcher = ['--scheme', 'scratcher', '--secret-env', 'BASIC']
    const taken = await send([url, ...asScratcher], { env: { BASIC: credentials } })
    expect(taken.code).toBe(0)
    expect(requests[0]?.headers.authorization).toBe(`Basic ${Buffer.from(credentials).toString('base64')}`)

    const echoing = await serve((request, response) => {
      const { authorization = '' } = request.headers
      response.end(`${authorization} ${Buffer.from(password).toString('hex')} ${password}`)
    })
    const echoed = await send([echoing, ...asScratcher], { env: { BASIC: credentials } })
    for (const { stdout, stderr } of [taken, echoed]) {
      const output = stdout + stderr
      expect(output).not.toContain(password)
      expect(output).not.toContain(Buffer.from(password).toString('hex'))
      expect(output).not.toContain(Buffer.from(credentials).toString('base64').slice(0, 20))
    }
    const forged = await send([url, ...asScratcher, '--forge'], { env: { BASIC: credentials } })
    expect([forged.code, forged.stdout]).toEqual([0, expect.stringContaining('refused, as it must be')])
  })

  test('sends a token that the URL carries', async () => {
    const scheme = scratcher({ proof: 'token', query: 'token' })
    writeFileSync(join(folder, 'query.json'), JSON.stringify(scheme))
    const { url, requests } = await startReceiver({ scheme, secret })
    const { code, stdout } = await send([`${url}?a=1`, '--scheme', 'query.json', '--secret-env', 'SECRET'])
    expect(code).toBe(0)
    expect(requests[0]?.url).toBe(`/hooks?a=1&token=${secret}`)
    expect(stdout).not.toContain(secret)
  })

  test('signs the URL it sends to, where the scheme signs one', async () => {
    const signature = { algorithm: 'hmac-sha256', header: 'x-s', encoding: 'hex' } as const
    writeFileSync(
      join(folder, 'url.json'),
      JSON.stringify({ name: 'url', signature, signedContent: '{url}{body}' }),
    )
    const verdicts: Promise<unknown>[] = []
    const url = await serve((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk) => chunks.push(chunk))
      request.on('end', () => {
        const scheme = { name: 'url', signature, signedContent: '{url}{body}', url }
        const { method = '', headers } = request
        verdicts.push(verify({ method, url: '/', headers, body: Buffer.concat(chunks) }, { scheme, secret }))
        response.end()
      })
    })
    await send([url, '--scheme', 'url.json', '--secret-env', 'SECRET'])
    expect(await Promise.all(verdicts)).toHaveLength(1)
  })
})

test.each([embeddable(), github()])('a scheme as a file is sent as by its name: $name', async (scheme) => {
  writeFileSync(join(folder, `${scheme.name}.json`), JSON.stringify(scheme))
  const { url } = await startReceiver({ scheme, secret })
  for (const named of [scheme.name, `${scheme.name}.json`])
    expect((await send([url, '--scheme', named, '--secret-env', 'SECRET'])).code).toBe(0)
})

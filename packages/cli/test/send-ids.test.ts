import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { github, shopify, slack, stripe, visibuild, visisto } from '@countersign/core/schemes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { run, runJson } from './support/run.js'
import { startReceiver } from './support/start-receiver.js'

const secret = 'canary-key-0123456789abcdef'
const env = { KEY: secret }
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-ids-'))
  writeFileSync(join(folder, 'ticket.json'), '{ "id": "evt_7", "type": "ticket.updated", "data": {} }')
})
afterAll(() => rmSync(folder, { recursive: true }))

const as = (name: string) => ['--scheme', name, '--secret-env', 'KEY']
const send = (...args: readonly string[]) => run(['send', ...args], { env, cwd: folder })

describe('--id', () => {
  test.each([
    [
      'visibuild',
      visibuild(),
      'is in the body at /id, which deduplicates, and in the header X-Visibuild-Delivery',
    ],
    ['stripe', stripe(), 'is in the body at /id, which deduplicates'],
    ['slack', slack(), 'is in the body at /event_id, which deduplicates'],
    ['github', github(), 'is in the header X-GitHub-Delivery, which deduplicates together with the body'],
    [
      'shopify',
      shopify(),
      'is in the header X-Shopify-Webhook-Id, which deduplicates together with the body',
    ],
  ])('of %s is what a real receiver goes by', async (name, scheme, words) => {
    const { url, handled } = await startReceiver({ scheme, secret })
    const first = await send(url, ...as(name), '--id', 'chosen-1')
    const second = await send(url, ...as(name), '--id', 'chosen-1')
    const third = await send(url, ...as(name), '--id', 'chosen-2')
    expect(first.stdout.split('\n')[1]).toBe(`id chosen-1 ${words}`)
    expect(first.stdout).toContain('"processed"')
    expect(second.stdout).toContain('"duplicate"')
    expect(third.stdout).toContain('"processed"')
    expect(handled).toEqual(['chosen-1', 'chosen-2'])
  })

  test('is written over the id of a payload', async () => {
    const { url, handled } = await startReceiver({ scheme: visibuild(), secret })
    for (const id of ['a', 'b', 'b'])
      await send(url, ...as('visibuild'), '--payload', 'ticket.json', '--id', id)
    expect(handled).toEqual(['a', 'b'])
  })

  test('is said to be of no use beside bytes with an id of their own', async () => {
    const { url } = await startReceiver({ scheme: visibuild(), secret })
    const { stdout } = await send(url, ...as('visibuild'), '--body-file', 'ticket.json', '--id', 'a')
    expect(stdout).toContain(
      'id a is in the header X-Visibuild-Delivery, but receivers deduplicate by the value in the body at /id, which is sent unchanged',
    )
  })

  test.each([
    [
      'embeddable',
      'have no id, and nothing else deduplicates them: a receiver handles each copy; remove --id',
    ],
    ['visisto', 'have no id, and receivers treat equal bodies as one event; remove --id'],
  ])('is refused for %s, with the reason', async (name, words) => {
    const { code, stderr } = await send('http://127.0.0.1:1/', ...as(name), '--id', 'a')
    expect([code, stderr]).toEqual([2, `countersign: deliveries of "${name}" ${words}\n`])
  })

  test('of sign is said on stderr, beside what was signed', async () => {
    const { code, stdout, stderr } = await run(['sign', ...as('github'), '--id', '42'], { env })
    expect([code, stderr]).toEqual([
      0,
      'countersign: id 42 is in the header X-GitHub-Delivery, which deduplicates together with the body\n',
    ])
    expect(stdout).toContain('X-GitHub-Delivery: 42\r\n')
  })

  test('is in JSON as what deduplicates', async () => {
    const { url } = await startReceiver({ scheme: stripe(), secret })
    const { json } = await runJson(['send', url, ...as('stripe'), '--id', 'evt_1'], { env })
    expect(json.delivery.identity).toEqual({ in: 'body', place: '/id', value: 'evt_1', withBody: false })
  })
})

describe('--count', () => {
  const many = (url: string, ...args: readonly string[]) => send(url, ...args, '--count', '4')

  test('of one payload are as many events, whose ids are made anew', async () => {
    const { url, handled } = await startReceiver({ scheme: visibuild(), secret })
    const { code, stdout } = await many(url, ...as('visibuild'), '--payload', 'ticket.json')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^4 events, each with its own id in the body at \/id\n4 deliveries in/)
    expect(new Set(handled).size).toBe(4)
  })

  test('with --id are copies, of which one is run, and it says so', async () => {
    const { url, handled } = await startReceiver({ scheme: visibuild(), secret })
    const { stdout } = await many(
      url,
      ...as('visibuild'),
      '--payload',
      'ticket.json',
      '--id',
      'a',
      '--concurrency',
      '1',
    )
    expect(stdout).toMatch(
      /^4 copies of one event \(the id a is in the body at \/id\): a receiver that deduplicates handles one, and answers the others as duplicates\n/,
    )
    expect(handled).toEqual(['a'])
  })

  test('of the same bytes are copies too, by an id within or as equal bodies', async () => {
    const { url } = await startReceiver({ scheme: visibuild(), secret })
    expect((await many(url, ...as('visibuild'), '--body-file', 'ticket.json')).stdout).toContain(
      '4 copies of one event (the id evt_7 is in the body at /id)',
    )
    writeFileSync(
      join(folder, 'now.json'),
      JSON.stringify({ event: 'x', timestamp: new Date().toISOString(), data: { email: 'a@example.com' } }),
    )
    const contacts = await startReceiver({ scheme: visisto(), secret })
    const args = ['--payload', 'now.json', '--concurrency', '1']
    expect((await many(contacts.url, ...as('visisto'), ...args)).stdout).toContain(
      '4 copies of one event (equal bodies are one event)',
    )
    expect(contacts.handled).toHaveLength(1)
    // A time that is written into each makes each another.
    writeFileSync(
      join(folder, 'timeless.json'),
      JSON.stringify({ event: 'x', data: { email: 'a@example.com' } }),
    )
    const timeless = await many(contacts.url, ...as('visisto'), '--payload', 'timeless.json')
    expect(timeless.stdout).toContain('4 events, each with its own body')
  })

  test('where nothing deduplicates, each is run', async () => {
    const { url, handled } = await startReceiver({ scheme: github({ identity: 'none' }), secret })
    writeFileSync(join(folder, 'none.json'), JSON.stringify(github({ identity: 'none' })))
    const { stdout } = await many(url, ...as('none.json'), '--concurrency', '1')
    expect(stdout).toContain('4 deliveries in which nothing deduplicates: a receiver handles each')
    expect(handled).toHaveLength(4)
  })
})

describe('--event', () => {
  test('sends a body of that event', async () => {
    const { stdout } = await run(['sign', ...as('stripe'), '--event', 'customer.subscription.deleted'], {
      env,
    })
    expect(stdout).toContain('"type":"customer.subscription.deleted"')
    expect(stdout).toContain('"object":"subscription"')
    const closed = await run(['sign', ...as('github'), '--event', 'pull_request.closed'], { env })
    expect(closed.stdout).toContain('X-GitHub-Event: pull_request\r\n')
    expect(closed.stdout).toContain('"action":"closed"')
  })

  test.each(['sign', 'send', 'check'])('%s says of which events there are examples', async (command) => {
    const url = command === 'sign' ? [] : ['http://127.0.0.1:1/']
    const { code, stderr } = await run([command, ...url, ...as('visibuild'), '--event', 'ticket.lost'], {
      env,
    })
    expect([code, stderr]).toEqual([
      2,
      'countersign: there is no example of "ticket.lost" for "visibuild"; give its body with --payload, or use --event with one of ticket.status_changed, ticket.created, ticket.updated, ticket.comment_added, ticket.archived\n',
    ])
  })

  test('beside a payload is any name', async () => {
    const { code, stdout } = await run(
      ['sign', ...as('github'), '--event', 'watch', '--payload', 'ticket.json'],
      { env, cwd: folder },
    )
    expect([code, stdout]).toEqual([0, expect.stringContaining('X-GitHub-Event: watch')])
  })
})

describe('--list-events', () => {
  test.each(['sign', 'send'])('%s needs neither a secret nor a URL', async (command) => {
    const { code, stdout, stderr } = await run([command, '--scheme', 'github', '--list-events'])
    expect([code, stderr]).toEqual([0, ''])
    const events = stdout.trim().split('\n')
    expect(events[0]).toBe('push')
    expect(events).toEqual(
      expect.arrayContaining(['pull_request.closed', 'issues.opened', 'workflow_run.completed']),
    )
    for (const event of events)
      expect((await run(['sign', ...as('github'), '--event', event], { env })).code).toBe(0)
  })

  test('is there for machines, and says where names are free or none', async () => {
    const { json } = await runJson(['sign', '--scheme', 'shopify', '--list-events'])
    expect(json).toMatchObject({
      scheme: 'shopify',
      events: expect.arrayContaining(['orders/paid', 'shop/redact']),
    })
    expect((await run(['sign', '--scheme', 'standard-webhooks', '--list-events'])).stdout).toContain(
      'any --event',
    )
    expect((await run(['sign', '--scheme', 'embeddable', '--list-events'])).stdout).toContain(
      'have no event name',
    )
  })

  test('without it, send asks for the URL', async () => {
    const { code, stderr } = await send(...as('github'))
    expect([code, stderr]).toEqual([2, expect.stringContaining("the receiver's URL is missing")])
  })
})

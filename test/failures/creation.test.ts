import { createReceiver, isWebhookError, type ReceiverOptions, verify } from '@countersign/core'
import { webhook as fetchWebhook } from '@countersign/core/fetch'
import { webhookHandler as nodeHandler } from '@countersign/core/node'
import { github, visibuild } from '@countersign/core/schemes'
import { webhookHandler as expressHandler } from '@countersign/express'
import { webhookHandler as fastifyHandler, webhooks } from '@countersign/fastify'
import { webhookHandler as honoHandler } from '@countersign/hono'
import { webhook as lambdaWebhook } from '@countersign/lambda'
import { webhook as nextWebhook } from '@countersign/next'
import { webhook as nextPagesWebhook, withWebhook } from '@countersign/next/pages'
import Fastify from 'fastify'
import { describe, expect, test, vi } from 'vitest'

const options = { endpoint: 'tickets', scheme: visibuild(), secret: 'a-signing-secret-of-32-characters' }

/** The error of a call from JavaScript without types. */
function thrownBy(call: () => unknown): Error & { readonly code: string } {
  try {
    call()
  } catch (error) {
    if (isWebhookError(error)) return error
    throw error
  }
  throw new Error('Nothing was thrown.')
}

/** The first line of the stack is in the user's own file, which is this one. */
function expectOwnFile({ stack = '' }: Error, depth: number): void {
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line))
  expect(frames.slice(0, depth).join('\n')).toContain('creation.test.ts')
}

const handlerForms: Readonly<Record<string, (given: never, handler: never) => unknown>> = {
  Express: expressHandler,
  Fastify: fastifyHandler,
  Hono: honoHandler,
  'node:http': nodeHandler,
  fetch: fetchWebhook,
  Lambda: lambdaWebhook,
  'Next.js App Router': nextWebhook,
  'Next.js Pages Router': nextPagesWebhook,
  'Next.js withWebhook': withWebhook,
}

describe.each(Object.entries(handlerForms))('%s', (_, form) => {
  const handled = form as (given: unknown, handler?: unknown) => unknown

  test.each([undefined, null, {}, 'handler'])('names a handler that is %j', (handler) => {
    const error = thrownBy(() => handled(options, handler))
    expect(error.code).toBe('ERR_WEBHOOK_OPTION_INVALID')
    expect(error.message).toMatch(
      /^Endpoint "tickets": \w+ needs a handler after the options, as in \w+\(options, async/,
    )
    expectOwnFile(error, 1)
  })

  test('names a misspelt option', () => {
    const error = thrownBy(() => handled({ ...options, secrets: 'x' }, () => undefined))
    expect(error.message).toBe('Endpoint "tickets": There is no option "secrets"; did you mean "secret"?')
    expectOwnFile(error, 4)
  })
})

describe('createReceiver', () => {
  const create = (given: unknown) => thrownBy(() => createReceiver(given as ReceiverOptions<never>))

  test.each([
    ['tolerance', 'toleranceSeconds'],
    ['toleranceSecond', 'toleranceSeconds'],
    ['secrets', 'secret'],
    ['Secret', 'secret'],
    ['endpont', 'endpoint'],
    ['onError', 'onFailed'],
    ['onfailed', 'onFailed'],
    ['event', 'events'],
    ['name', 'endpoint'],
    ['log', 'logger'],
    ['maxBodySize', 'maxBodyBytes'],
  ])('for %s, suggests %s', (given, meant) => {
    const error = create({ ...options, [given]: undefined })
    expect(error.code).toBe('ERR_WEBHOOK_OPTION_INVALID')
    expect(error.message).toBe(`Endpoint "tickets": There is no option "${given}"; did you mean "${meant}"?`)
    expectOwnFile(error, 1)
  })

  test('links the list of all options if no option is similar', () => {
    expect(create({ ...options, colour: 'red' }).message).toMatch(
      /no option "colour"; docs\/options\.md lists them all\.$/,
    )
  })

  test.each([undefined, null, 'github', 5])('needs options, not %j', (given) => {
    const error = create(given)
    expect(error.message).toMatch(/^createReceiver needs options: { scheme: github\(\), secret:/)
    expectOwnFile(error, 1)
  })

  test('names a scheme that was not called', () => {
    const error = create({ ...options, scheme: github })
    expect(error.code).toBe('ERR_WEBHOOK_SCHEME_INVALID')
    expect(error.message).toBe(
      'Endpoint "tickets": scheme is a function that was not called: write scheme: github().',
    )
    expectOwnFile(error, 1)
  })

  test.each(['onFailed', 'onStoreError', 'onHeld', 'onIgnored', 'onWarning'])(
    'names %s if it is not a function',
    (hook) => {
      const error = create({ ...options, [hook]: 'log it' })
      expect(error.message).toBe(
        `Endpoint "tickets": ${hook} must be a function, as in ${hook}: (info) => { ... }.`,
      )
    },
  )

  test.each([
    ['text', 'ticket.created', /must be a list of names/],
    ['a set', new Set(['ticket.created']), /must be a list of names/],
    ['a list of others', [5], /must be a list of names/],
    ['an empty list', [], /leave it out to handle all/],
  ])('refuses events that are %s', (_, events, message) => {
    const error = create({ ...options, events })
    expect(error.code).toBe('ERR_WEBHOOK_OPTION_INVALID')
    expect(error.message).toMatch(message)
  })

  test('warns once about an event that the scheme does not list, and suggests the most similar one', () => {
    const onWarning = vi.fn()
    createReceiver({ ...options, scheme: github(), events: ['pull_requests', 'push', 'zebra'], onWarning })
    expect(onWarning.mock.calls.map(([line]) => line)).toEqual([
      'countersign: "tickets": events names "pull_requests", which is not among the events that "github" documents; did you mean "pull_request"?',
      'countersign: "tickets": events names "zebra", which is not among the events that "github" documents',
    ])
  })

  test('passes ignored events to onIgnored', async () => {
    const onIgnored = vi.fn()
    const { createSender } = await import('@countersign/testing')
    const receiver = createReceiver({ ...options, events: ['ticket.created'], onIgnored })
    const request = createSender(options).sign({ event: 'ticket.updated' })
    expect((await receiver.receive(request, () => undefined)).type).toBe('ignored')
    expect(onIgnored.mock.calls).toEqual([
      [expect.objectContaining({ event: 'ticket.updated', endpoint: 'tickets' })],
    ])
  })
})

test('receive needs a handler', async () => {
  const receiver = createReceiver(options)
  const request = { method: 'POST', url: '/', headers: {}, body: new Uint8Array() }
  await expect(receiver.receive(request, undefined as never)).rejects.toThrow(
    /Endpoint "tickets": receive needs a handler/,
  )
})

test('verify names a wrong option, too', async () => {
  const request = { method: 'POST', url: '/', headers: {}, body: new Uint8Array() }
  const given = { scheme: visibuild(), secret: options.secret, tolerance: 60 }
  await expect(verify(request, given)).rejects.toThrow(
    /There is no option "tolerance"; did you mean "toleranceSeconds"/,
  )
  await expect(verify(request, undefined as never)).rejects.toThrow(/^verify needs options/)
})

test("Fastify's plugin accepts Fastify's own options, and names a misspelt one", async () => {
  const app = Fastify()
  await app.register(webhooks, { prefix: '/api', logLevel: 'warn' } as never)
  app.post('/hook', { config: { webhook: options } }, async () => 'ok')
  await app.ready()
  const other = Fastify()
  await other.register(webhooks, { retentionM: 5 } as never)
  expect(
    thrownBy(() => other.post('/hook', { config: { webhook: options } }, async () => 'ok')).message,
  ).toMatch(/no option "retentionM"; did you mean "retentionMs"/)
})

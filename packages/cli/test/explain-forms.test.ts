import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { runJson } from './support/run.js'

const folder = mkdtempSync(join(tmpdir(), 'countersign-forms-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const time = '1767225600'
const key = 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const slackSecret = 'slack-signing-secret-0123456789'
const body = '{"id":"evt_1","type":"order.paid","name":"café"}'

interface Delivery {
  readonly scheme: string
  readonly secret: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

function standard(secret: string): Delivery {
  const mac = createHmac('sha256', Buffer.from(key, 'base64'))
    .update(`msg_1.${time}.${body}`)
    .digest('base64')
  const headers = { 'webhook-id': 'msg_1', 'webhook-timestamp': time, 'webhook-signature': `v1,${mac}` }
  return { scheme: 'standard-webhooks', secret, headers, body }
}

function slack({
  sent = time,
  signed = sent,
  received = body,
  covered = body,
}: Readonly<Partial<Record<'sent' | 'signed' | 'received' | 'covered', string>>>): Delivery {
  const mac = createHmac('sha256', slackSecret).update(`v0:${signed}:${covered}`).digest('hex')
  const headers = { 'X-Slack-Request-Timestamp': sent, 'X-Slack-Signature': `v0=${mac}` }
  return { scheme: 'slack', secret: slackSecret, headers, body: received }
}

/** Causes, each with what a delivery needs of it. */
const deliveries: Readonly<Record<string, Delivery>> = {
  'secret.prefix-kept': standard(`v1,${key}`),
  'tmpl.timestamp-form': slack({ signed: '2026-01-01T00:00:00.000Z' }),
  'time.fraction': slack({ sent: `${time}.5` }),
  'time.malformed': slack({ sent: '1,767,225,600' }),
  'time.text-as-number': slack({ sent: 'Thu, 01 Jan 2026 00:00:00 GMT' }),
  'body.ascii-signed': slack({ covered: body.replace('é', 'e') }),
  'body.made-ascii': slack({ received: body.replace('é', '&#233;') }),
}

/** The ways to hand a capture over, as arguments. */
const forms: Readonly<Record<string, (delivery: Delivery) => readonly string[]>> = {
  'an HTTP message': ({ headers, body }) => {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    const length = Buffer.byteLength(body)
    const head = `POST /hooks HTTP/1.1\r\nHost: a.example\r\nContent-Length: ${length}\r\n${lines.join('')}\r\n`
    writeFileSync(join(folder, 'capture.http'), head + body)
    return ['capture.http']
  },
  JSON: ({ headers, body }) => {
    const bodyBase64 = Buffer.from(body).toString('base64')
    writeFileSync(join(folder, 'capture.json'), JSON.stringify({ headers, bodyBase64 }))
    return ['capture.json']
  },
  'headers and a body': ({ headers, body }) => {
    writeFileSync(join(folder, 'body'), body)
    const lines = Object.entries(headers).flatMap(([name, value]) => ['--header', `${name}: ${value}`])
    return [...lines, '--body-file', 'body']
  },
}

describe.each(Object.entries(forms))('explain, from %s', (_, write) => {
  test.each(Object.entries(deliveries))('proves %s', async (cause, delivery) => {
    const { scheme, secret } = delivery
    const args = ['explain', ...write(delivery), '--scheme', scheme, '--secret-env', 'S', '--now', time]

    const { code, json } = await runJson(args, { env: { S: secret }, cwd: folder })

    expect([code, json.verdict]).toEqual([0, 'explained'])
    expect(json.findings[0]).toMatchObject({ cause, level: 'proof' })
  })
})

import { visibuild } from '@countersign/core/schemes'
import type { NextRequest } from 'next/server.js'
import { expect, onTestFinished, test, vi } from 'vitest'
import { cacheReceiver } from '../src/cache-receiver.js'
import { webhook } from '../src/index.js'
import { webhook as apiWebhook, withWebhook } from '../src/pages/index.js'

const wrong = { scheme: visibuild(), secret: undefined }

function inPhase(phase: string): void {
  vi.stubEnv('NEXT_PHASE', phase)
  onTestFinished(() => void vi.unstubAllEnvs())
}

const routes = {
  'App Router': () => webhook(wrong, () => undefined),
  'Pages Router, handler': () => apiWebhook(wrong, () => undefined),
  'Pages Router, wrapper': () => withWebhook(wrong, () => undefined),
}

test.each(Object.entries(routes))('%s: a wrong option throws when the route is loaded', (_name, create) => {
  expect(create).toThrow('The secret is missing')
  inPhase('phase-production-server')
  expect(create).toThrow('The secret is missing')
})

test.each(Object.entries(routes))(
  '%s: during a build of Next, it throws at each request instead',
  async (_name, create) => {
    inPhase('phase-production-build')
    const route = create() as (...args: unknown[]) => Promise<unknown>
    const request = new Request('http://localhost/', { method: 'POST' })
    for (let attempt = 0; attempt < 2; attempt++)
      await expect(route(request, {})).rejects.toThrow('The secret is missing')
  },
)

test('a receiver is created once', () => {
  inPhase('phase-production-build')
  const receiver = cacheReceiver({ scheme: visibuild(), secret: 'secret-of-thirty-two-characters.' })
  expect(receiver()).toBe(receiver())
})

test('a route can be called outside Next, as in a test', async () => {
  const route = webhook({ scheme: visibuild(), secret: 'secret-of-thirty-two-characters.' }, () => undefined)
  const request = new Request('http://localhost/', { method: 'POST' }) as NextRequest
  expect((await route(request, { params: Promise.resolve({}) })).status).toBe(401)
})

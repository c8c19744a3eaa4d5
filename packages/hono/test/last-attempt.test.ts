import { memoryStore, type ReceiverOptions } from '@countersign/core'
import { type VisibuildEvent, visibuild } from '@countersign/core/schemes'
import { type Context, type Handler, Hono } from 'hono'
import { describe, expect, test, vi } from 'vitest'
import { webhook } from '../src/index.js'
import { deliver, secret, sign } from './support/deliver.js'

function createApp(options: Partial<ReceiverOptions<VisibuildEvent>>, route: Handler): Hono {
  const app = new Hono()
  app.post('/hook', webhook({ scheme: visibuild(), secret, ...options }), route)
  // Does not print the errors of routes, as Hono does by default.
  app.onError((_error, c) => c.text('Internal Server Error', 500))
  return app
}

describe('the last attempt before the endpoint would be switched off', () => {
  const poison = (c: Context) => c.json({ why: 'poison' }, 500, { 'x-poison': '1' })

  test.each<[string, Handler]>([
    ['answers 500', poison],
    [
      'sets headers and answers 500',
      (c) => {
        c.res.headers.set('x-poison', '1')
        return poison(c)
      },
    ],
    ['throws', () => Promise.reject(new Error('poison'))],
    ['throws a value that is not an Error', () => Promise.reject('poison')],
    ['gives no answer', (() => undefined) as unknown as Handler],
  ])('a route that %s is answered 2xx once the event is kept', async (_how, failing) => {
    const steps: string[] = []
    const onExhausted = async () => {
      await new Promise(setImmediate)
      steps.push('exhausted')
    }
    const route = vi.fn(failing)
    const app = createApp({ exhaustAfter: 1, onExhausted }, route)
    const request = sign()
    const kept = await deliver(app, request)
    steps.push('answered')
    expect(kept).toMatchObject({ status: 200, body: '{"status":"exhausted"}' })
    expect(kept.headers.get('content-type')).toBe('application/json')
    expect(kept.headers.has('x-poison')).toBe(false)
    expect(steps).toEqual(['exhausted', 'answered'])
    expect((await deliver(app, request)).status).toBe(200)
    expect(route).toHaveBeenCalledTimes(1)
  })

  test('a success is the answer of the route', async () => {
    expect(await deliver(createApp({ exhaustAfter: 1 }, (c) => c.text('done', 201)))).toMatchObject({
      status: 201,
      body: 'done',
    })
  })

  test('a failure that the store could not keep is not answered 2xx', async () => {
    const store = memoryStore()
    store.release = () => Promise.reject(new Error('down'))
    const failed = await deliver(createApp({ exhaustAfter: 1, store }, (c) => c.text('poison', 422)))
    expect(failed).toMatchObject({ status: 500, body: '{"error":"handler failed"}' })
  })
})

import { visibuild } from '@countersign/core/schemes'
import { type Context, Hono } from 'hono'
import { describe, expect, test, vi } from 'vitest'
import { createGate } from '../../../test/support/gate.js'
import { webhook, webhookHandler } from '../src/index.js'
import { deliver, secret, sign } from './support/deliver.js'

const settings = { scheme: visibuild(), secret }

const forms = {
  webhook: (app: Hono, run: (c: Context) => unknown) =>
    app.post('/hook', webhook(settings), async (c) => {
      await run(c)
      return c.text('done')
    }),
  webhookHandler: (app: Hono, run: (c: Context) => unknown) =>
    app.post(
      '/hook',
      webhookHandler(settings, async (_delivery, c) => {
        await run(c)
        return c.text('done')
      }),
    ),
}

/** The context of a Worker. Its method fails without its object. */
class ExecutionContext {
  readonly #kept: Promise<unknown>[] = []
  get kept(): readonly Promise<unknown>[] {
    return this.#kept
  }
  waitUntil(promise: Promise<unknown>): void {
    this.#kept.push(promise)
  }
}

describe.each(Object.entries(forms))('%s()', (_form, mount) => {
  test('keeps a Worker alive until the claim is settled, even if its sender has disconnected', async () => {
    const gate = createGate()
    const running = createGate()
    const app = new Hono()
    mount(app, () => {
      running.open()
      return gate.opened
    })
    const executionCtx = new ExecutionContext()
    const request = sign()
    // Not awaited: the sender has disconnected.
    void deliver(app, request, { executionCtx })
    await running.opened
    expect(executionCtx.kept).toHaveLength(1)
    const isOver = vi.fn()
    const over = executionCtx.kept[0]?.then(isOver)
    await new Promise(setImmediate)
    expect(isOver).not.toHaveBeenCalled()
    gate.open()
    await over
    expect((await deliver(app, request)).body).toContain('duplicate')
  })

  test('an error of the route goes to Hono, not to waitUntil of the Worker', async () => {
    const app = new Hono()
    mount(app, () => Promise.reject('no error'))
    const executionCtx = new ExecutionContext()
    await deliver(app, sign(), { executionCtx }).catch(() => undefined)
    await expect(executionCtx.kept[0]).resolves.not.toThrow()
  })

  test('does not change c.executionCtx for the route, and works on runtimes without one', async () => {
    const app = new Hono()
    const seen: unknown[] = []
    mount(app, (c) => seen.push(c.executionCtx))
    const executionCtx = new ExecutionContext()
    expect((await deliver(app, sign(), { executionCtx })).body).toBe('done')
    expect(seen).toEqual([executionCtx])
    const without = new Hono()
    mount(without, () => undefined)
    expect((await deliver(without, sign())).body).toBe('done')
    expect((await deliver(without, sign(), { executionCtx: {} as never })).body).toBe('done')
  })
})

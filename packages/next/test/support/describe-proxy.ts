import { visibuild } from '@countersign/core/schemes'
import { createSender, sendRequest } from '@countersign/testing'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startApp } from './start-app.js'

const secret = 'visibuild-test-secret-of-32-chars'
const payload = { event: 'ticket.created', filler: 'x'.repeat(11 * 1024 * 1024) }

/** Tests of applications with a `proxy.ts`: Next then drops the rest of a body from the chunk that exceeds 10 MiB. */
export function describeProxy(app: () => URL): void {
  test.each([
    [
      'without a length',
      [['transfer-encoding', 'chunked']],
      401,
      /SIGNATURE_MISMATCH .*without a length.*proxyClientMaxBodySize/,
    ],
    ['with one', [], 400, /BODY_INCOMPLETE/],
  ] as const)(
    'a large delivery %s, which Next truncates because of proxy.ts, is refused, and the log says why',
    {
      timeout: 60_000,
    },
    async (_, length, status, reason) => {
      const { origin, lines, stop } = await startApp(app(), { VISIBUILD_SECRET: secret })
      onTestFinished(stop)
      const request = createSender({ scheme: visibuild(), secret }).sign({
        url: `${origin}/behind-proxy`,
        payload,
      })
      const answer = await sendRequest({ ...request, headers: [...request.headers, ...length] })
      expect(answer.status).toBe(status)
      await vi.waitFor(() => expect(lines.join('\n')).toMatch(reason))
    },
  )
}

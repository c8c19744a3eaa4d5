import type { Outcome, WebhookEvent } from '@countersign/core'
import { drainRequest, writeResponse as writeNodeResponse } from '@countersign/core/node'
import type { NextFunction, Request, Response } from 'express'

/**
 * Writes the answer of an outcome. A wrong configuration is passed to `next` like any error in Express: the developer sees the fix
 * in the log and, outside production, in the answer.
 */
export function writeResponse(
  outcome: Outcome<WebhookEvent>,
  request: Request,
  response: Response,
  next: NextFunction,
): void {
  if (outcome.type !== 'misconfigured') {
    writeNodeResponse(request, response, outcome.response)
    return
  }
  // Express answers an error only after it has read the whole body, however long that takes.
  void drainRequest(request)
  next(outcome.error)
}

import type { Outcome, WebhookEvent } from '@countersign/core'
import { drainRequest, writeResponse } from '@countersign/core/node'
import type { NextFunction, Request, Response } from 'express'

/**
 * Answers what the suite answers itself. A wrong set-up goes the way of all errors in Express, so that the developer
 * sees the fix in the log and, outside production, in the answer.
 */
export function answerOutcome(
  outcome: Outcome<WebhookEvent>,
  request: Request,
  response: Response,
  next: NextFunction,
): void {
  if (outcome.type !== 'misconfigured') {
    writeResponse(request, response, outcome.response)
    return
  }
  // Express answers an error only after it has read the body to its end, however long that takes.
  void drainRequest(request)
  next(outcome.error)
}

import type { Scheme } from '@countersign/core'
import { type Explanation, explain } from '@countersign/diagnosis'
import type { NamedSecret } from '../options/secret-options.js'
import type { ReceivedDelivery } from './received-delivery.js'

/** Less than a sender waits: the search blocks the process, and other requests wait meanwhile. */
const budgetMs = 2_000

/** Why a delivery was refused; undefined if it was not, or if its bytes are incomplete. */
export async function explainRefusal(
  { verdict, capture, receivedAt }: ReceivedDelivery,
  { scheme, secrets }: { readonly scheme: Scheme; readonly secrets: readonly NamedSecret[] },
): Promise<Explanation | undefined> {
  if (verdict !== 'refused' || !capture) return undefined
  try {
    return await explain(capture, { scheme, secrets, now: receivedAt, budgetMs })
  } catch {
    // The delivery and its reason are printed without it.
    return undefined
  }
}

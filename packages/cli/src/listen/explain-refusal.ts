import type { Scheme } from '@countersign/core'
import { type Explanation, explain } from '@countersign/diagnosis'
import type { NamedSecret } from '../options/secret-options.js'
import type { ArrivedDelivery } from './arrived-delivery.js'

/** Less than a sender waits: while it searches, nothing else is answered. */
const budgetMs = 2_000

/** Why a delivery was refused; undefined where it was not, or where its bytes are not there to look at. */
export async function explainRefusal(
  { verdict, capture, arrivedAt }: ArrivedDelivery,
  { scheme, secrets }: { readonly scheme: Scheme; readonly secrets: readonly NamedSecret[] },
): Promise<Explanation | undefined> {
  if (verdict !== 'refused' || !capture) return undefined
  try {
    return await explain(capture, { scheme, secrets, now: arrivedAt, budgetMs })
  } catch {
    // The delivery and its reason are still told.
    return undefined
  }
}

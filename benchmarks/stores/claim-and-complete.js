/**
 * What a receiver does to a store for each new event.
 *
 * @param {import('@countersign/core').DedupeStore} store
 * @param {() => import('@countersign/core/stores').ClaimRequest & import('@countersign/core/stores').CompleteRequest} nextRequest
 */
export async function claimAndComplete(store, nextRequest) {
  const request = nextRequest()
  const { state } = await store.claim(request)
  if (state !== 'claimed') throw new Error(`A new key is ${state}.`)
  if (!(await store.complete(request))) throw new Error('An own claim was not completed.')
}

/**
 * Makes the store calls of a receiver for each new event.
 *
 * @param {import('@countersign/core').DedupeStore} store
 * @param {() => import('@countersign/core/stores').ClaimRequest & import('@countersign/core/stores').CompleteRequest} nextRequest
 */
export async function claimAndComplete(store, nextRequest) {
  const request = nextRequest()
  const { state } = await store.claim(request)
  if (state !== 'claimed') throw new Error(`A new key is ${state}.`)
  if (!(await store.complete(request))) throw new Error('The store did not complete its own claim.')
}

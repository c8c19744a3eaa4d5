import type { CompleteRequest, OwnedKey } from '@countersign/core'
import { describe, expect, it } from 'vitest'
import { CounterexampleError, exploreClaims } from '../../src/explorer/explore-claims.js'
import { rules } from '../../src/explorer/rules.js'
import { commit, type SimpleTransaction, SimpleTransactionalStore } from './support/transactional-store.js'

class CompletesOverAnotherOwner extends SimpleTransactionalStore {
  protected override mayComplete(key: string): boolean {
    return this.find(key)?.state === 'claimed'
  }
}

class CommitsOverACompletion extends SimpleTransactionalStore {
  override completeIn(transaction: SimpleTransaction, request: CompleteRequest): boolean {
    return this.find(request.key)?.state === 'completed' || super.completeIn(transaction, request)
  }
}

class CommitsWhatIsFree extends SimpleTransactionalStore {
  protected override mayComplete(key: string, token: string): boolean {
    return this.find(key)?.state === 'free' || super.mayComplete(key, token)
  }
}

class CommitsOnlyLiveClaims extends SimpleTransactionalStore {
  protected override mayComplete(key: string, token: string): boolean {
    const record = this.find(key)
    return record !== undefined && this.isLive(record) && super.mayComplete(key, token)
  }
}

class ReadsClaimsAsCompletions extends SimpleTransactionalStore {
  override isCompleted({ key, token }: OwnedKey): boolean {
    return this.find(key)?.token === token
  }
}

class ReadsAnyCompletion extends SimpleTransactionalStore {
  override isCompleted({ key }: OwnedKey): boolean {
    return this.find(key)?.state === 'completed'
  }
}

class ReadsNoCompletion extends SimpleTransactionalStore {
  override isCompleted(): boolean {
    return false
  }
}

class CompletesOutsideOfTheTransaction extends SimpleTransactionalStore {
  override completeIn(transaction: SimpleTransaction, request: CompleteRequest): boolean {
    this.complete(request)
    return super.completeIn(transaction, request)
  }
}

class ShortensTheRetention extends SimpleTransactionalStore {
  override completeIn(transaction: SimpleTransaction, request: CompleteRequest): boolean {
    const completed = super.completeIn(transaction, request)
    const record = this.records.get(request.key)
    if (completed && record) record.retainUntil = this.now + 1_000
    return completed
  }
}

const bounds = { attempts: 2, faults: 0, commit }

async function ruleBrokenBy(Store: typeof SimpleTransactionalStore): Promise<string> {
  try {
    await exploreClaims({ ...bounds, createStore: (clock) => new Store(clock) })
  } catch (error) {
    if (error instanceof CounterexampleError) return error.rule
    throw error
  }
  return 'none'
}

describe('a search with transactions', { timeout: 60_000 }, () => {
  it('finds nothing wrong with a store that is right, and goes further than one without', async () => {
    const createStore = (clock: ConstructorParameters<typeof SimpleTransactionalStore>[0]) =>
      new SimpleTransactionalStore(clock)
    const { commit: _, ...without } = bounds
    const explored = await exploreClaims({ ...bounds, createStore })
    const plain = await exploreClaims({ ...without, createStore })
    expect(explored.states).toBeGreaterThan(plain.states + 2_000)
    expect(explored.histories).toBeGreaterThan(plain.histories + 400)
  })

  it.each([
    ['completes over another owner', CompletesOverAnotherOwner, rules.stranger],
    ['commits where the event is completed already', CommitsOverACompletion, rules.oneEffect],
    ['commits what is free', CommitsWhatIsFree, rules.stranger],
    ['commits only live claims', CommitsOnlyLiveClaims, rules.answer],
    ['reads a claim as a completion', ReadsClaimsAsCompletions, rules.emptySuccess],
    ['reads anybody’s completion as the token’s own', ReadsAnyCompletion, rules.emptySuccess],
    ['reads no completion', ReadsNoCompletion, rules.answer],
    ['completes outside of the transaction', CompletesOutsideOfTheTransaction, rules.answer],
    ['shortens the retention', ShortensTheRetention, rules.notAgain],
  ])('catches a store that %s', async (_, Store, rule) => {
    expect(await ruleBrokenBy(Store)).toBe(rule)
  })
})

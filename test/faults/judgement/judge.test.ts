import type { DeliveryRecord } from '@countersign/core'
import type { RecordState } from '@countersign/core/stores'
import { describe, expect, test } from 'vitest'
import type { Effect, Evidence, Form, JournalEntry, JournalKind, SentEvent } from '../types.js'
import { judge } from './judge.js'

// The program itself takes minutes: `pnpm test:faults`. These tests give its judgement made-up evidence.

const leaseMs = 1_000

function sent(id: string, isAccepted = true): SentEvent {
  return { id, deliveries: [], isAccepted, isOver: true }
}

function record(state: RecordState, key = 'event'): DeliveryRecord {
  const notes = { event: undefined, attempts: 1, copies: 0, lastCode: undefined }
  return { key, state, ...notes, leaseLeftMs: undefined, sinceMs: undefined }
}

function effect(at: number, { attempt = 1, process = '0.1', event = 'event' } = {}): Effect {
  return { event, attempt, process, at }
}

function entry(
  at: number,
  kind: JournalKind,
  detail: string,
  { attempt = 1, process = '0.1', event = 'event', began = at } = {},
): JournalEntry {
  return { at, process, kind, event, attempt, detail, began }
}

/** One event that was claimed, took effect and was completed correctly, with the changes of a test. */
function evidence(given: Partial<Evidence> = {}): Evidence {
  return {
    form: 'plain',
    leaseMs,
    events: [sent('event')],
    effects: [effect(10)],
    journal: [entry(1, 'claim', 'claimed'), entry(10, 'effect', ''), entry(12, 'complete', 'true')],
    records: new Map([['event', record('completed')]]),
    killed: new Set(),
    broken: [],
    ...given,
  }
}

function rulesBroken(given: Partial<Evidence>): string[] {
  return judge(evidence(given)).violations.map(({ rule }) => rule)
}

const firstClaim = entry(1, 'claim', 'claimed')
const second = { attempt: 2, process: '1.1' }
/** The second claim, its effect and its completion, after the first lease. */
const secondTry = [
  entry(1_100, 'claim', 'claimed', second),
  entry(1_110, 'effect', '', second),
  entry(1_120, 'complete', 'true', second),
]
const twoEffects = [effect(10), effect(1_110, second)]

describe('lost events', () => {
  test('an event with its effect and its record is not lost', () => {
    expect(judge(evidence())).toEqual({ violations: [], lost: 0, doubles: {}, kept: 0, unrecorded: 0 })
  })

  test('an event that was answered 2xx and has no effect is lost', () => {
    expect(rulesBroken({ effects: [] })).toEqual(['lost'])
  })

  test('an event without an effect whose sender gave up is lost', () => {
    const given = { events: [sent('event', false)], effects: [], journal: [] }
    expect(rulesBroken({ ...given, records: new Map([['event', record('free')]]) })).toEqual(['lost'])
    expect(rulesBroken({ ...given, records: new Map() })).toEqual(['lost'])
  })

  test.each(['failed', 'orphaned'] as const)('an event that is kept as %s is not lost', (state) => {
    const verdict = judge(evidence({ effects: [], records: new Map([['event', record(state)]]) }))
    expect(verdict).toMatchObject({ violations: [], lost: 0, kept: 1 })
  })
})

describe('events with two effects', () => {
  test('two effects without a cause are a violation', () => {
    const journal = [firstClaim, entry(10, 'effect', ''), entry(900, 'release', 'released'), ...secondTry]
    expect(rulesBroken({ effects: twoEffects, journal })).toEqual(['doubled'])
  })

  test('a crash between effect and completion is an allowed cause', () => {
    const journal = [firstClaim, entry(10, 'effect', ''), ...secondTry]
    const verdict = judge(evidence({ effects: twoEffects, journal, killed: new Set(['0.1']) }))
    expect(verdict).toMatchObject({ violations: [], doubles: { crash: 1 } })
    expect(rulesBroken({ effects: twoEffects, journal })).toEqual(['doubled'])
  })

  test('a crash after the confirmed completion is not an allowed cause', () => {
    const journal = [firstClaim, entry(10, 'effect', ''), entry(12, 'complete', 'true'), ...secondTry]
    const killed = new Set(['0.1'])
    expect(rulesBroken({ effects: twoEffects, journal, killed })).toEqual([
      'doubled',
      'claimed after completion',
    ])
  })

  test('a store failure at the completion is an allowed cause if onStoreError was called after the effect', () => {
    const storeError = (at: number) => entry(at, 'store-error', 'ERR_WEBHOOK_STORE_TIMEOUT')
    const journal = [firstClaim, entry(10, 'effect', ''), storeError(510), ...secondTry]
    expect(judge(evidence({ effects: twoEffects, journal }))).toMatchObject({
      violations: [],
      doubles: { store: 1 },
    })
    const early = [firstClaim, storeError(5), entry(10, 'effect', ''), ...secondTry]
    expect(rulesBroken({ effects: twoEffects, journal: early })).toEqual(['doubled'])
  })

  test('a lost lease is an allowed cause only if it had really ended', () => {
    const refused = (at: number) => entry(at, 'complete', 'false')
    const late = [firstClaim, entry(10, 'effect', ''), ...secondTry, refused(1_130)]
    expect(judge(evidence({ effects: twoEffects, journal: late })).doubles).toEqual({ late: 1 })
    const early = [firstClaim, entry(10, 'effect', ''), refused(500), ...secondTry]
    expect(rulesBroken({ effects: twoEffects, journal: early })).toEqual(['doubled'])
  })

  test('the transactional form has no allowed cause', () => {
    const journal = [firstClaim, ...secondTry]
    const form: Form = 'transactional'
    expect(rulesBroken({ form, effects: twoEffects, journal, killed: new Set(['0.1']) })).toEqual(['doubled'])
  })
})

describe('promises of the store', () => {
  test('two live leases at once are a violation, two successive ones are not', () => {
    const early = entry(500, 'claim', 'claimed', second)
    expect(rulesBroken({ journal: [firstClaim, early] })).toEqual(['claimed twice'])
    expect(rulesBroken({ journal: [firstClaim, entry(400, 'release', 'begun'), early] })).toEqual([])
    expect(rulesBroken({ journal: [firstClaim, entry(1_001, 'claim', 'claimed', second)] })).toEqual([])
    const extended = entry(400, 'extend', 'true')
    expect(
      rulesBroken({ journal: [firstClaim, extended, entry(1_100, 'claim', 'claimed', second)] }),
    ).toEqual(['claimed twice'])
  })

  test('an event answered 2xx has a record, unless the store failed at the completion', () => {
    const records = new Map([['event', record('free')]])
    expect(rulesBroken({ records })).toEqual(['no record'])
    const journal = [
      firstClaim,
      entry(10, 'effect', ''),
      entry(510, 'store-error', 'ERR_WEBHOOK_STORE_TIMEOUT'),
    ]
    expect(judge(evidence({ records, journal }))).toMatchObject({ violations: [], unrecorded: 1 })
    expect(rulesBroken({ form: 'transactional', records, journal })).toContain('no record')
  })

  test('in the transactional form, an effect without its completion is a violation', () => {
    const records = new Map([['event', record('free')]])
    const given = { form: 'transactional' as const, events: [sent('event', false)] }
    expect(rulesBroken({ ...given, records })).toEqual(['effect alone'])
  })

  test('a claim that is left and a record of an unknown event are violations', () => {
    expect(rulesBroken({ records: new Map([['event', record('claimed')]]) })).toContain('left claimed')
    const records = new Map([
      ['event', record('completed')],
      ['other', record('completed')],
    ])
    expect(rulesBroken({ records })).toEqual(['unknown record'])
  })

  test('a receiver that exits by itself is a violation', () => {
    expect(rulesBroken({ broken: ['receiver 0.1 exited by itself'] })).toEqual(['broken receiver'])
  })
})

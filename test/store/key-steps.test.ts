import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  disagree,
  faultOfLeavingOut,
  faultOfRotation,
  faultOfStart,
  type KeyHolder,
  type UsedKey,
} from '../../src/store/key-steps.ts'

/** `a,b`: encrypts with a, opens a and b. */
const holder = (keys: string) => ({ activeKey: keys.split(',')[0] ?? '', knownKeys: keys.split(',') })
const gateways = (...keys: string[]): KeyHolder[] => keys.map((each, n) => ({ name: `gw-${n + 1}`, ...holder(each) }))
const CRASHED = 'One that crashed counts as gone 60 s after its last beat.'

const STARTS: readonly (readonly [own: string, others: readonly string[], fault: string | null])[] = [
  ['old', [], null],
  ['new', [], null],
  ['old', ['old'], null],
  // The steps, one gateway after the other.
  ['old,new', ['old', 'old'], null],
  ['old,new', ['old,new', 'old'], null],
  ['new,old', ['old,new', 'old,new'], null],
  ['new,old', ['new,old', 'old,new'], null],
  ['new', ['new,old', 'new,old'], null],
  ['new', ['new', 'new,old'], null],
  // And back again.
  ['old,new', ['new,old', 'old,new'], null],
  ['old', ['old,new', 'old'], null],
  // Out of order.
  [
    'new,old',
    ['old', 'old,new', 'old'],
    `Master key new may not encrypt yet, because these do not know it: gw-1, gw-3. Restart them with LATCHKEY_MASTER_KEY=old,new first. ${CRASHED}`,
  ],
  [
    'new',
    ['old'],
    `Master key new may not encrypt yet, because these do not know it: gw-1. Restart them with LATCHKEY_MASTER_KEY=old,new first. ${CRASHED}`,
  ],
  [
    'new',
    ['new,old', 'old,new'],
    `This process does not have the master key that these encrypt with: gw-2 with old. Add it to LATCHKEY_MASTER_KEY; an old one may be left out when all of them encrypt with the new one and latchkey rotate-keys is through. ${CRASHED}`,
  ],
  [
    'old',
    ['new,old'],
    `This process does not have the master key that these encrypt with: gw-1 with new. Add it to LATCHKEY_MASTER_KEY; an old one may be left out when all of them encrypt with the new one and latchkey rotate-keys is through. ${CRASHED}`,
  ],
  [
    'old',
    ['new'],
    `Master key old may not encrypt yet, because these do not know it: gw-1. Restart them with LATCHKEY_MASTER_KEY=old,new first. ${CRASHED}`,
  ],
]

test.each(STARTS)('a start with %s beside %j', (own, others, fault) => {
  expect(faultOfStart(holder(own), gateways(...others))).toBe(fault)
})

test.each([
  ['new,old', [], null],
  ['new,old', ['new,old', 'new'], null],
  [
    'new,old',
    ['new,old', 'old,new', 'old,new'],
    `Not everybody encrypts with master key new yet. Restart these with LATCHKEY_MASTER_KEY=new,old first: gw-2 with old, gw-3 with old. ${CRASHED}`,
  ],
] as const)('encrypting anew with %s beside %j', (own, others, fault) => {
  expect(faultOfRotation(holder(own), gateways(...others))).toBe(fault)
})

const used = (endedAt: string | null): UsedKey[] => [
  { id: 'old', endedAt: endedAt === null ? null : new Date(endedAt) },
  { id: 'new', endedAt: null },
]

describe('leaving a key out', () => {
  const now = new Date('2026-01-15T12:00:00Z')
  test.each([
    ['new,old', null, [], null],
    [
      'new',
      null,
      [],
      'Master key old may not be left out yet: there may be temporary credentials and tokens under it. Start with LATCHKEY_MASTER_KEY=new,old, run latchkey rotate-keys and wait 36 hours, or end them now with LATCHKEY_FORGET_MASTER_KEYS=old.',
    ],
    [
      'new',
      '2026-01-14T00:00:01Z',
      [],
      'Master key old may not be left out before 2026-01-15T12:00:01Z: until then there are temporary credentials and tokens under it. Start with LATCHKEY_MASTER_KEY=new,old until then, or end them now with LATCHKEY_FORGET_MASTER_KEYS=old.',
    ],
    ['new', '2026-01-14T00:00:00Z', [], null],
    ['new', null, ['old'], null],
  ] as const)('a start with %s when the old one ended at %s, with %j given up', (own, endedAt, forgotten, fault) => {
    expect(faultOfLeavingOut(holder(own), used(endedAt), { now, forgotten })).toBe(fault)
  })
})

test('whatever is started in whatever order: of those that were let in, each opens what any other seals', () => {
  const keys = fc
    .subarray(['a', 'b', 'c', 'd'], { minLength: 1 })
    .chain((known) => fc.constantFrom(...known).map((active) => ({ activeKey: active, knownKeys: known })))
  fc.assert(
    fc.property(fc.array(keys, { maxLength: 12 }), (starts) => {
      const living: KeyHolder[] = []
      for (const own of starts) {
        if (faultOfStart(own, living) === null) living.push({ name: `gw-${living.length}`, ...own })
      }
      for (const one of living) for (const other of living) expect(disagree(one, other)).toBe(false)
    }),
  )
})

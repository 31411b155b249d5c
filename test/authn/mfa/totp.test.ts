import { generateSync } from 'otplib'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  enableWindow,
  resyncWindow,
  signInWindow,
  verifyTotp,
  verifyTwoConsecutive,
} from '../../../src/authn/mfa/index.ts'

const seed = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const at = (seconds: number) => new Date(seconds * 1000)
const codeAtStep = (step: number) => generateSync({ secret: seed, epoch: step * 30 })

/** Signing in at a time with a device whose clock is right and that was never used. */
const signIn = (
  code: string,
  seconds: number,
  rest: { drift?: number; lastStep?: number | null; window?: number } = {},
) => verifyTotp({ seed, code, now: at(seconds), drift: 0, lastStep: null, window: signInWindow, ...rest })

describe('RFC 6238 vectors', () => {
  test.each([
    [59, '287082'],
    [89, '359152'],
    [1_111_111_109, '081804'],
    [1_111_111_139, '050471'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('at %i seconds the code is %s', (seconds, code) => {
    expect(signIn(code, seconds, { window: 0 })).toEqual({ step: Math.floor(seconds / 30), drift: 0 })
  })

  test('two codes in a row match at the step of the second', () => {
    const codes = { code1: '287082', code2: '359152' }
    const check = { seed, drift: 0, lastStep: null, window: 0 }
    expect(verifyTwoConsecutive({ ...check, ...codes, now: at(89) })).toEqual({ step: 2, drift: 0 })
    expect(verifyTwoConsecutive({ ...check, ...codes, now: at(59) })).toBeNull()
    expect(verifyTwoConsecutive({ ...check, code1: '081804', code2: '050471', now: at(1_111_111_139) })).not.toBeNull()
  })
})

test('a code is accepted one step early or late and not two', () => {
  const step = 1000
  const accepted = [-2, -1, 0, 1, 2].map((offset) => signIn(codeAtStep(step + offset), step * 30)?.drift)
  expect(accepted).toEqual([undefined, -1, 0, 1, undefined])
})

test('a code works once: its step and all before it are refused from then on', () => {
  const step = 1000
  const used = signIn(codeAtStep(step), step * 30)
  expect(used).not.toBeNull()
  for (const earlier of [step, step - 1])
    expect(signIn(codeAtStep(earlier), step * 30, { lastStep: used!.step })).toBeNull()
  expect(signIn(codeAtStep(step + 1), step * 30, { lastStep: used!.step })).toMatchObject({ step: step + 1 })
})

test('neither code of a pair may have been used before, nor may one code be given twice', () => {
  const check = { seed, now: at(30_000), drift: 0, window: enableWindow }
  const pair = { code1: codeAtStep(999), code2: codeAtStep(1000) }
  expect(verifyTwoConsecutive({ ...check, ...pair, lastStep: 998 })).toEqual({ step: 1000, drift: 0 })
  expect(verifyTwoConsecutive({ ...check, ...pair, lastStep: 999 })).toBeNull()
  expect(verifyTwoConsecutive({ ...check, code1: pair.code1, code2: pair.code1, lastStep: null })).toBeNull()
  expect(verifyTwoConsecutive({ ...check, code1: pair.code2, code2: pair.code1, lastStep: null })).toBeNull()
  expect(verifyTwoConsecutive({ ...check, code1: codeAtStep(998), code2: pair.code2, lastStep: null })).toBeNull()
})

test('resynchronising finds a clock that is up to an hour off, and its drift makes the next code valid', () => {
  fc.assert(
    fc.property(fc.integer({ min: -resyncWindow, max: resyncWindow }), (drift) => {
      const step = 50_000
      const found = verifyTwoConsecutive({
        seed,
        code1: codeAtStep(step + drift - 1),
        code2: codeAtStep(step + drift),
        now: at(step * 30),
        drift: 0,
        lastStep: null,
        window: resyncWindow,
      })
      expect(found).toEqual({ step: step + drift, drift })
      const next = signIn(codeAtStep(step + drift + 1), (step + 1) * 30, { drift, lastStep: found!.step })
      expect(next).toEqual({ step: step + drift + 1, drift })
    }),
    { numRuns: 20 },
  )
})

test('what is not six digits is refused', () => {
  for (const code of ['', '28708', '2870822', ' 287082', '28708a', '２８７０８２', '287082\n']) {
    expect(signIn(code, 59)).toBeNull()
    expect(
      verifyTwoConsecutive({ seed, code1: code, code2: '359152', now: at(89), drift: 0, lastStep: null, window: 1 }),
    ).toBeNull()
  }
})

test('there is no step before the epoch', () => {
  expect(signIn(codeAtStep(0), 0)).toEqual({ step: 0, drift: 0 })
  expect(signIn('000000', 0)).toBeNull()
})

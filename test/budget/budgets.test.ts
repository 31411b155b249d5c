import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { COSTS, createBudgets, OverBudget, payerOf } from '../../src/budget/index.ts'

const { capacity, perSecond } = COSTS.rows

function opened() {
  let ms = 0
  const budgets = createBudgets({ now: () => ms })
  return { budgets, pass: (seconds: number) => void (ms += seconds * 1000) }
}
const stranger = (sourceIp: string) => payerOf(null, sourceIp)

function refusal(draw: () => void): number | null {
  try {
    draw()
    return null
  } catch (error) {
    if (!(error instanceof OverBudget)) throw error
    expect(error).toMatchObject({ code: 'Throttling', httpStatus: 400, message: 'Rate exceeded' })
    return error.details.retryAfterSeconds
  }
}

describe('a budget', () => {
  test('gives its capacity at once, and says when the rest will be there', () => {
    const { budgets, pass } = opened()
    const budget = budgets.of(stranger('192.0.2.1'))
    budget.draw('rows', capacity)
    expect(refusal(() => budget.draw('rows', 3 * perSecond))).toBe(3)
    pass(2.9)
    expect(refusal(() => budget.draw('rows', 3 * perSecond))).toBe(1)
    pass(0.1)
    expect(refusal(() => budget.draw('rows', 3 * perSecond))).toBeNull()
  })

  test('takes nothing for what it refuses', () => {
    const { budgets } = opened()
    const budget = budgets.of(stranger('192.0.2.1'))
    expect(refusal(() => budget.draw('rows', capacity + 1))).toBe(1)
    expect(budget.left('rows')).toBe(capacity)
  })

  test('remembers a debt until it is paid', () => {
    const { budgets, pass } = opened()
    const budget = budgets.of(stranger('192.0.2.1'))
    budget.owe('rows', capacity + perSecond)
    pass(1)
    expect(refusal(() => budget.draw('rows', 1))).toBe(1)
    pass(1)
    expect(refusal(() => budget.draw('rows', 1))).toBeNull()
  })

  test('never holds more than its capacity, whatever is given back and however long nobody asks', () => {
    const { budgets, pass } = opened()
    const budget = budgets.of(stranger('192.0.2.1'))
    budget.giveBack('rows', 10)
    pass(1e9)
    expect(budget.left('rows')).toBe(capacity)
  })

  test('keeps the costs apart', () => {
    const { budgets } = opened()
    const budget = budgets.of(stranger('192.0.2.1'))
    budget.draw('rows', capacity)
    expect(budget.left('decisions')).toBe(COSTS.decisions.capacity)
  })

  test('never lets through more than its capacity and what came back meanwhile', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 2 * capacity }), fc.integer({ min: 0, max: 20 }))),
        (asked) => {
          const { budgets, pass } = opened()
          const budget = budgets.of(stranger('192.0.2.1'))
          let seconds = 0
          let drawn = 0
          for (const [amount, after] of asked) {
            if (refusal(() => budget.draw('rows', amount)) === null) drawn += amount
            expect(drawn).toBeLessThanOrEqual(capacity + seconds * perSecond)
            pass(after)
            seconds += after
          }
        },
      ),
    )
  })
})

describe('the payer', () => {
  test('is the address of a stranger, of IPv6 its /64 network', () => {
    const { budgets } = opened()
    budgets.of(stranger('2001:db8::1')).draw('rows', capacity)
    expect(budgets.of(stranger('2001:db8::2')).left('rows')).toBe(0)
    expect(budgets.of(stranger('2001:db8:0:1::1')).left('rows')).toBe(capacity)
  })

  test('is who is signed in, wherever the request comes from', () => {
    const { budgets } = opened()
    const alice = { accountId: '111111111111', id: 'AIDAALICE' }
    budgets.of(payerOf(alice, '192.0.2.1')).draw('rows', capacity)
    expect(budgets.of(payerOf(alice, '192.0.2.2')).left('rows')).toBe(0)
    expect(budgets.of(payerOf({ ...alice, accountId: '222222222222' }, '192.0.2.1')).left('rows')).toBe(capacity)
    expect(budgets.of(stranger('192.0.2.1')).left('rows')).toBe(capacity)
  })

  test('is the role, of all of its sessions', () => {
    const { budgets } = opened()
    const delegation = {
      ownerId: 'AROAROLE',
      ownerIsRoot: false,
      principalArn: 'arn:aws:iam::111111111111:role/r',
      sessionName: 's',
      session: { policies: [], policyArns: [], tags: [] },
    }
    const session = (name: string) => payerOf({ accountId: '111111111111', id: `AROAROLE:${name}`, delegation }, null)
    budgets.of(session('one')).draw('rows', capacity)
    expect(budgets.of(session('two')).left('rows')).toBe(0)
  })
})

/** Two that hear what the other tells. */
function pair() {
  const hearing: ((news: unknown) => void)[] = []
  return [0, 1].map((own) =>
    createBudgets({
      now: () => 0,
      shared: {
        tell: (news) => hearing[1 - own]?.(structuredClone(news)),
        onNews: (hear) => void (hearing[own] = hear),
      },
    }),
  )
}

describe('budgets of several processes behind one port', () => {
  test('count together: what was drawn from one is not left in the other', async () => {
    const [first, second] = pair().map((budgets) => budgets.of(stranger('192.0.2.1')))
    first?.draw('rows', capacity - 10)
    first?.owe('rows', 5)
    first?.giveBack('rows', 2)
    await expect.poll(() => second?.left('rows')).toBe(7)
    expect(refusal(() => second?.draw('rows', 8))).not.toBeNull()
    second?.draw('rows', 7)
    await expect.poll(() => first?.left('rows')).toBe(0)
  })

  test('owe what a caller drew from both at once, and no other caller pays for it', async () => {
    const budgets = pair()
    for (const one of budgets) one.of(stranger('192.0.2.1')).draw('rows', capacity)
    for (const one of budgets) {
      await expect.poll(() => one.of(stranger('192.0.2.1')).left('rows')).toBe(-capacity)
      expect(one.of(stranger('192.0.2.2')).left('rows')).toBe(capacity)
    }
  })
})

import { type Budget, createBudgets } from '../../src/budget/index.ts'

/** A full budget of nobody else, which never fills up again. */
export function fullBudget(): Budget {
  return createBudgets({ now: () => 0 }).of({ kind: 'principal', id: 'somebody' })
}

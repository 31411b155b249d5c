import type { Budget } from '../budget/index.ts'

/** What one request asks of its caller's budget for rows. */
export interface RowAccount {
  /** Takes rows before they are read. Throws OverBudget. */
  draw(rows: number): void
  /** Notes rows that a list has returned. */
  returned(rows: number): void
  /** Rows that lists have returned so far. */
  readonly soFar: number
  /** Gives back what was asked for and not returned, when all fields are resolved. */
  settle(): void
}

/** The account of one request. The budget is that of whoever drew, also when the request signs somebody else in. */
export function createRowAccount(budget: () => Budget): RowAccount {
  let drawn = 0
  let returned = 0
  let payer: Budget | null = null
  return {
    draw(rows) {
      payer ??= budget()
      payer.draw('rows', rows)
      drawn += rows
    },
    returned(rows) {
      returned += rows
    },
    get soFar() {
      return returned
    },
    settle() {
      if (payer !== null && drawn > returned) payer.giveBack('rows', drawn - returned)
      drawn = 0
      returned = 0
    },
  }
}

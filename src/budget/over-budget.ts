import { CodedError } from '../errors/index.ts'

/** A caller asks for more than its budget has left. Reaches the caller as `Throttling` with `Retry-After`, in every door. */
export class OverBudget extends CodedError {
  override readonly name = 'OverBudget'
  declare readonly details: { readonly retryAfterSeconds: number }

  constructor(retryAfterSeconds: number) {
    super('Throttling', 'Rate exceeded', { details: { retryAfterSeconds } })
  }
}

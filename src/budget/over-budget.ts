/** A caller asks for more than its budget has left. Reaches the caller as `Throttling` with `Retry-After`, in every door. */
export class OverBudget extends Error {
  override readonly name = 'OverBudget'
  readonly code = 'Throttling'
  readonly httpStatus = 400
  readonly details: { readonly retryAfterSeconds: number }

  constructor(retryAfterSeconds: number) {
    super('Rate exceeded')
    this.details = { retryAfterSeconds }
  }
}

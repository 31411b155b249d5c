import type { Services } from '../../iam/call.ts'
import { IamError } from '../../iam/errors.ts'
import { callOfRoot } from '../root-call.ts'
import type { Step } from './steps.ts'

export interface Outcome {
  /** How many steps were carried out. */
  readonly made: number
  /** One line each. */
  readonly refused: readonly string[]
  /** How many were not tried: what hangs on a thing that could not be made would be refused for that alone. */
  readonly left: number
}

/** Carries the steps out one after the other, each as an operation of the root user with its audit event. */
export async function carryOut(steps: readonly Step[], services: Services, accountId: string): Promise<Outcome> {
  const missing = new Set<string>()
  const refused: string[] = []
  let [made, left] = [0, 0]
  for (const { subject, change, makes, run, action, resource } of steps) {
    if (missing.has(subject)) {
      left++
      continue
    }
    try {
      await run(await callOfRoot(services, accountId, { action, resource, by: 'latchkey import' }))
      made++
    } catch (error) {
      if (!(error instanceof IamError)) throw error
      // Without its boundary a holder gets no policies either.
      if (makes || action.endsWith('PermissionsBoundary')) missing.add(subject)
      refused.push(`${subject} ${change}: ${error.code}: ${error.message}`)
    }
  }
  return { made, refused, left }
}

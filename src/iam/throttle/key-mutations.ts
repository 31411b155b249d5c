import type { Call } from '../call.ts'
import { bucket } from './limits.ts'
import { reserve } from './reserve.ts'

/** Counts one change of access keys by this caller; aliases of one GraphQL document count one by one. Throws Throttling. */
export async function limitKeyMutations(call: Call): Promise<void> {
  await reserve(call, [bucket('keyMutation', call.principal.accountId, call.principal.id)])
}

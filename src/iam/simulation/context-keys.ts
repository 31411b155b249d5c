import { type CompiledPolicy, contextKeysOf } from '../../policy/index.ts'
import { breath, type Budget } from '../../budget/index.ts'
import type { Tx } from '../call.ts'
import { readPolicyInputs } from './policy-inputs.ts'
import { sourcePolicies } from './source-policies.ts'

/** The condition keys that policies ask for, to be filled in before they are simulated. Throws InvalidInput, ValidationError. */
export async function contextKeysForCustomPolicy(policyInputList: readonly string[]): Promise<string[]> {
  return await keysOf(await readPolicyInputs('policyInputList', policyInputList))
}

/** Those of a user's, group's or role's policies, boundary included. Throws NoSuchEntity, InvalidInput, ValidationError. */
export async function contextKeysForPrincipalPolicy(
  db: Tx,
  accountId: string,
  { policySourceArn, policyInputList }: { policySourceArn: string; policyInputList?: readonly string[] | null },
  budget: Budget,
): Promise<string[]> {
  const { identity, boundary } = await sourcePolicies(db, accountId, policySourceArn, budget)
  const given = await readPolicyInputs('policyInputList', policyInputList)
  return await keysOf([...identity, ...(boundary === null ? [] : [boundary]), ...given])
}

/** Each key once, as first written. */
async function keysOf(policies: readonly CompiledPolicy[]): Promise<string[]> {
  const keys = new Map<string, string>()
  for (const { document } of policies) {
    for (let turn = breath(); turn !== null; turn = breath()) await turn
    for (const key of contextKeysOf(document)) if (!keys.has(key.toLowerCase())) keys.set(key.toLowerCase(), key)
  }
  return [...keys.values()]
}

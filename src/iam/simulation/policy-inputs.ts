import {
  type CompiledPolicy,
  compilePolicy,
  type PolicyKind,
  type PolicySourceType,
  parsePolicy,
} from '../../policy/index.ts'
import { breath } from '../../budget/index.ts'
import { lengthErrors, throwBroken } from '../constraints.ts'
import { IamError } from '../errors.ts'

/** A portal may want to try a handful of policies; nobody has a thousand. */
const MOST_DOCUMENTS = 100
const LONGEST_DOCUMENT = 131_072

/**
 * Policies that a simulation brings along, `PolicyInputList.1` and so on. Throws InvalidInput with the place of the fault, and
 * ValidationError.
 */
export async function readPolicyInputs(
  field: string,
  texts: readonly string[] | null | undefined,
  type: PolicySourceType = 'custom',
): Promise<CompiledPolicy[]> {
  const name = field.charAt(0).toUpperCase() + field.slice(1)
  throwBroken([
    ...lengthErrors(field, texts ?? [], { min: 0, max: MOST_DOCUMENTS }),
    ...(texts ?? []).flatMap((text) => lengthErrors(field, text, { min: 1, max: LONGEST_DOCUMENT })),
  ])
  const policies: CompiledPolicy[] = []
  for (const [i, text] of (texts ?? []).entries()) {
    for (let turn = breath(); turn !== null; turn = breath()) await turn
    policies.push(readPolicyInput(`${name}.${i + 1}`, text, 'inline', type))
  }
  return policies
}

/** One policy that a simulation brings along. Throws InvalidInput. */
export function readPolicyInput(id: string, text: string, kind: PolicyKind, type: PolicySourceType): CompiledPolicy {
  const parsed = parsePolicy(text, kind)
  if (parsed.ok) return compilePolicy(parsed.document, { id, type, name: id })
  const { message, path, line, column } = parsed.error
  throw new IamError('InvalidInput', `Invalid policy ${id}: ${message}`, { path, line, column })
}

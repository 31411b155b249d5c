import { FRESH_MFA } from '../../access/context.ts'
import { parseArn, parseIamArn } from '../../authn/arn.ts'
import {
  compileSet,
  type CompiledPolicy,
  decide,
  type Layers,
  type PolicySet,
  type PrincipalRef,
  type RequestContext,
} from '../../policy/index.ts'
import { breath, type Budget, COSTS } from '../../budget/index.ts'
import type { Tx } from '../call.ts'
import { checkConstraints, lengthErrors, throwBroken } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { type ContextEntryInput, readContextEntries } from './context-entries.ts'
import { decisionCost, lookUpCost } from './cost.ts'
import { type PolicyIdentifierInput, withoutExcluded } from './policy-exclusions.ts'
import { readPolicyInput, readPolicyInputs } from './policy-inputs.ts'
import { resultOf, type SimulationResult } from './simulation-result.ts'
import { sourcePolicies } from './source-policies.ts'

/** What both simulations take, by IAM's names. */
export interface SimulationInput {
  readonly policyInputList?: readonly string[] | null
  /** Without wildcards. */
  readonly actionNames: readonly string[]
  /** `*` when left out. */
  readonly resourceArns?: readonly string[] | null
  /** At most one; it takes the place of the one that is attached. */
  readonly permissionsBoundaryPolicyInputList?: readonly string[] | null
  readonly resourcePolicy?: string | null
  /** Account of resources whose ARN names none: its id, or an ARN in it. The caller's when left out. */
  readonly resourceOwner?: string | null
  /** The user that the resource policy sees. */
  readonly callerArn?: string | null
  readonly contextEntries?: readonly ContextEntryInput[] | null
  /** Tells scenarios of EC2 apart, which are none of ours: it changes nothing. */
  readonly resourceHandlingOption?: string | null
}

/** One level of an organization: its root, a unit, or the account. */
export interface OrganizationLevelInput {
  readonly serviceControlPolicyInputList: readonly string[]
}

export interface SimulateCustomPolicyInput extends SimulationInput {
  readonly policyInputList: readonly string[]
  /** From the root of the organization to the account; nothing passes that one of them does not allow. */
  readonly orderedOrganizationPolicyInputList?: readonly OrganizationLevelInput[] | null
}

export interface SimulatePrincipalPolicyInput extends SimulationInput {
  /** A user, group or role. */
  readonly policySourceArn: string
  /** Policies of the source that are left out. */
  readonly policyExclusionList?: readonly PolicyIdentifierInput[] | null
}

/** Actions times resources: what one question may cost. */
const MOST_RESULTS = 1000
/** An organization has five levels of units between its root and an account. */
const MOST_LEVELS = 7

/** Tries policies that nobody has. Nothing is read and nothing is done. Throws InvalidInput, OverBudget, ValidationError. */
export async function simulateCustomPolicy(
  accountId: string,
  input: SimulateCustomPolicyInput,
  budget: Budget,
): Promise<SimulationResult[]> {
  const organization = await readOrganization(input)
  return await simulate(accountId, input, { identity: [], boundary: null, principal: null, organization }, budget)
}

/**
 * Tries the policies of a user, group or role, with others beside them if given. Nothing is done. Only the keys that are given
 * are in the simulated request, so that the answer depends on nothing else. Throws NoSuchEntity, InvalidInput, OverBudget,
 * ValidationError.
 */
export async function simulatePrincipalPolicy(
  db: Tx,
  accountId: string,
  input: SimulatePrincipalPolicyInput,
  budget: Budget,
): Promise<SimulationResult[]> {
  checkInput(input)
  const source = await sourcePolicies(db, accountId, input.policySourceArn, budget)
  return await simulate(accountId, input, withoutExcluded(source, input.policyExclusionList), budget)
}

interface Source {
  readonly identity: readonly CompiledPolicy[]
  readonly boundary: CompiledPolicy | null
  readonly principal: PrincipalRef | null
  /** Null without an organization. */
  readonly organization?: readonly PolicySet[] | null
}

async function simulate(
  accountId: string,
  input: SimulationInput,
  source: Source,
  budget: Budget,
): Promise<SimulationResult[]> {
  checkInput(input)
  const context = readContextEntries(input.contextEntries)
  const withMfa = context.extend(FRESH_MFA)
  const boundary = (await readBoundary(input)) ?? source.boundary
  const resource = readResourcePolicy(input)
  const principal = callerOf(accountId, input, source)
  const layers: Layers = {
    identity: compileSet([...source.identity, ...(await readPolicyInputs('policyInputList', input.policyInputList))]),
    boundary: boundary && compileSet([boundary]),
    resource: resource && { set: compileSet([resource]), kind: 'resource' },
    organization: source.organization ?? null,
  }
  const resourceArns = input.resourceArns ?? ['*']
  await drawDecisions(budget, layers, { ...input, resourceArns }, context)
  const results: SimulationResult[] = []
  for (const action of input.actionNames) {
    for (const resourceArn of resourceArns) {
      for (let turn = breath(); turn !== null; turn = breath()) await turn
      const request = {
        action,
        resource: resourceArn,
        context,
        principal,
        // What another account owns is out of reach unless its policy lets the caller in, too.
        resourceAccountId: ownerOf(resourceArn, input.resourceOwner) ?? principal.accountId,
      }
      const decision = decide(layers, request, { trace: true })
      const mfaRequired =
        decision.effect !== 'ALLOW' && decide(layers, { ...request, context: withMfa }).effect === 'ALLOW'
      results.push(resultOf(action, resourceArn, decision, mfaRequired))
    }
  }
  return results
}

/** Draws what the whole question costs before any of it is answered. */
async function drawDecisions(
  budget: Budget,
  layers: Layers,
  { actionNames, resourceArns }: { readonly actionNames: readonly string[]; readonly resourceArns: readonly string[] },
  context: RequestContext,
): Promise<void> {
  const looking = actionNames.length * lookUpCost(layers)
  drawFitting(budget, looking)
  let deciding = 0
  for (const action of actionNames) {
    for (let turn = breath(); turn !== null; turn = breath()) await turn
    deciding += decisionCost(layers, action, resourceArns, context)
  }
  drawFitting(budget, deciding)
}

function drawFitting(budget: Budget, amount: number): void {
  if (amount > COSTS.decisions.capacity)
    throw new IamError(
      'ValidationError',
      `The simulation costs as much as ${amount} ordinary decisions; at most ${COSTS.decisions.capacity} can be made at once. Simulate fewer actions, resources or policies at a time.`,
    )
  budget.draw('decisions', amount)
}

function checkInput(input: SimulationInput): void {
  const { actionNames, callerArn } = input
  const resourceArns = input.resourceArns ?? ['*']
  throwBroken([
    ...lengthErrors('actionNames', actionNames, { min: 1, max: MOST_RESULTS }),
    ...actionNames.flatMap((name) => lengthErrors('actionNames', name, { min: 3, max: 128 })),
    ...lengthErrors('resourceArns', resourceArns, { min: 1, max: MOST_RESULTS }),
    ...resourceArns.flatMap((arn) => lengthErrors('resourceArns', arn, { min: 1, max: 2048 })),
  ])
  checkConstraints({ callerArn })
  if (actionNames.length * resourceArns.length > MOST_RESULTS)
    throw new IamError(
      'ValidationError',
      `At most ${MOST_RESULTS} pairs of action and resource can be simulated at once.`,
    )
  for (const name of actionNames) {
    if (/[*?]/.test(name)) throw new IamError('InvalidInput', `Invalid action ${name}: wildcards cannot be simulated.`)
    if (!/^[\w-]+:\w+$/.test(name))
      throw new IamError('InvalidInput', `Invalid action ${name}: it must be service:Name.`)
  }
  for (const arn of resourceArns)
    if (arn !== '*' && parseArn(arn) === null)
      throw new IamError('InvalidInput', `Invalid resource ${arn}: it must be an ARN or "*".`)
}

async function readBoundary({ permissionsBoundaryPolicyInputList }: SimulationInput): Promise<CompiledPolicy | null> {
  const given = await readPolicyInputs('permissionsBoundaryPolicyInputList', permissionsBoundaryPolicyInputList)
  if (given.length > 1) throw new IamError('InvalidInput', 'At most one permissions boundary can be simulated.')
  return given[0] ?? null
}

async function readOrganization({
  orderedOrganizationPolicyInputList,
}: SimulateCustomPolicyInput): Promise<PolicySet[] | null> {
  const levels = orderedOrganizationPolicyInputList ?? []
  throwBroken(lengthErrors('orderedOrganizationPolicyInputList', levels, { min: 0, max: MOST_LEVELS }))
  if (levels.length === 0) return null
  const sets: PolicySet[] = []
  for (const [at, { serviceControlPolicyInputList: texts }] of levels.entries()) {
    const field = `orderedOrganizationPolicyInputList.${at + 1}.serviceControlPolicyInputList`
    // A level without a policy would allow nothing at all, which nobody means who leaves it empty.
    throwBroken(lengthErrors(field, texts, { min: 1, max: MOST_RESULTS }))
    sets.push(compileSet(await readPolicyInputs(field, texts, 'organization')))
  }
  return sets
}

function readResourcePolicy({ resourcePolicy }: SimulationInput): CompiledPolicy | null {
  if (resourcePolicy === null || resourcePolicy === undefined) return null
  return readPolicyInput('ResourcePolicy', resourcePolicy, 'resource', 'resource')
}

/** Whom a resource policy sees: only a user can be simulated with one. */
function callerOf(accountId: string, input: SimulationInput, { principal }: Source): PrincipalRef {
  const { callerArn, resourcePolicy } = input
  if (callerArn !== null && callerArn !== undefined) {
    const named = parseIamArn(callerArn)
    if (named?.type !== 'user')
      throw new IamError('InvalidInput', `Invalid caller ${callerArn}: it must be the ARN of an IAM user.`)
    return principal?.arn === callerArn ? principal : { kind: 'user', accountId: named.accountId, arn: callerArn }
  }
  if (resourcePolicy !== null && resourcePolicy !== undefined && principal?.kind !== 'user')
    throw new IamError(
      'InvalidInput',
      'A resource policy can only be simulated with the ARN of an IAM user as callerArn.',
    )
  return principal ?? { kind: 'user', accountId }
}

function ownerOf(resourceArn: string, resourceOwner: string | null | undefined): string | null {
  const own = parseArn(resourceArn)?.accountId
  // Built-in policies name no account, and patterns none in particular.
  if (own !== undefined && /^\d{12}$/.test(own)) return own
  if (resourceOwner === null || resourceOwner === undefined) return null
  const owner = /^\d{12}$/.test(resourceOwner) ? resourceOwner : parseArn(resourceOwner)?.accountId
  if (!owner) throw new IamError('InvalidInput', `Invalid resource owner ${resourceOwner}: it must name an account.`)
  return owner
}

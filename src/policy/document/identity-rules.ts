import type { PolicyKind } from '../types.ts'
import { checkDates, checkPrincipals, checkSids, LEGACY, readsFromItsFirstCharacter } from './common-rules.ts'
import type { JsonString } from './json.ts'
import { refuse } from './refusal.ts'
import type { ListStructure, StatementStructure, Structure } from './structure.ts'

/**
 * The rules for identity, session and resource policies, in the order in which IAM applies them: each goes over all
 * statements before the next one begins, and the first fault is the answer. Throws Refusal.
 */
export function checkIdentityRules(structure: Structure, kind: PolicyKind, stored: boolean): void {
  const { statements } = structure
  for (const { node, effect } of statements) {
    if (effect === undefined || !/^(?:allow|deny)$/i.test(effect.value))
      refuse('Syntax errors in policy.', effect ?? node)
  }
  if (kind === 'managed' && structure.version?.value !== '2012-10-17') {
    refuse('Policy document must be version 2012-10-17 or greater.', structure.version ?? structure.node)
  }
  if (!stored && !readsFromItsFirstCharacter(structure)) refuse(LEGACY, FIRST_CHARACTER)
  for (const { effect, conditions } of statements) {
    if (effect?.value !== 'Allow' && effect?.value !== 'Deny') refuse(LEGACY, effect!)
    if (!stored) checkDates(conditions)
  }
  const resourceFault = firstResourceFault(statements, stored)
  if (resourceFault?.message === LEGACY) refuse(LEGACY, resourceFault.value)
  checkSids(statements, 'Statement IDs (SID) in a single policy must be unique.')
  for (const statement of statements) checkPrincipalElement(statement, kind, stored)
  for (const statement of statements) {
    requireValues(statement, statement.action ?? statement.notAction, 'Policy statement must contain actions.')
  }
  if (resourceFault !== undefined) refuse(resourceFault.message, resourceFault.value)
  for (const { action, notAction } of statements) {
    for (const value of (action ?? notAction)!.values) checkAction(value)
  }
  for (const statement of statements) {
    requireValues(statement, statement.resource ?? statement.notResource, 'Policy statement must contain resources.')
  }
}

function checkPrincipalElement(
  { node, principal, notPrincipal }: StatementStructure,
  kind: PolicyKind,
  stored: boolean,
): void {
  const element = principal ?? notPrincipal
  if (kind !== 'resource') {
    if (element !== undefined) refuse('Policy document should not specify a principal.', element.node)
    return
  }
  if (element === undefined) refuse('Missing required field Principal', node)
  if (!stored) checkPrincipals(element)
}

function requireValues({ node }: StatementStructure, list: ListStructure | undefined, text: string): void {
  if (list === undefined || list.values.length === 0) refuse(text, list?.node ?? node)
}

const VENDOR = /^[A-Za-z0-9.-]+$/

function checkAction(action: JsonString): void {
  if (action.value === '*') return
  const parts = action.value.split(':')
  if (parts.length === 1) {
    refuse('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.', action)
  }
  if (parts.length > 2) refuse('Actions/Condition can contain only one colon.', action)
  if (parts[0] !== '*' && !VENDOR.test(parts[0]!)) refuse(`Vendor ${parts[0]} is not valid`, action)
}

const PARTITIONS = ['aws', 'aws-cn', 'aws-us-gov', 'aws-eusc', 'aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-iso-f', '*']
const FIRST_CHARACTER = { start: 0, path: '$' }
const SERVICE = /^[A-Za-z0-9.-]+$/
const IAM_PATHS = [
  'user/',
  'federated-user/',
  'role/',
  'group/',
  'instance-profile/',
  'mfa/',
  'server-certificate/',
  'policy/',
  'sms-mfa/',
  'saml-provider/',
  'oidc-provider/',
  'report/',
  'access-report/',
]

/** A beginning that AWS's own managed policies have: the root user of an account. */
const ROOT_PATH = 'root'

function firstResourceFault(
  statements: readonly StatementStructure[],
  stored: boolean,
): { message: string; value: JsonString } | undefined {
  for (const { resource, notResource } of statements) {
    for (const value of (resource ?? notResource)?.values ?? []) {
      const message = resourceFault(value.value, stored)
      if (message !== undefined) return { message, value }
    }
  }
  return undefined
}

function resourceFault(resource: string, stored: boolean): string | undefined {
  if (resource === '*') return undefined
  const [scheme, partition, service, region, ...rest] = resource.split(':')
  if (partition === undefined) return `Resource ${resource} must be in ARN format or "*".`
  if (!PARTITIONS.includes(partition)) {
    const path = rest.length > 1 ? rest.slice(1).join(':') : '*'
    const fields = [service ?? '*', region ?? '*', rest[0] ?? '*', path]
    return `Partition "${partition}" is not valid for resource "arn:${partition}:${fields.join(':')}".`
  }
  if (scheme !== 'arn') return `Resource ${resource} must be in ARN format or "*".`
  if (service === '') return LEGACY
  if (service === undefined || !SERVICE.test(service)) {
    return 'Resource vendor must be fully qualified and cannot contain regexes.'
  }
  const global = region === '' || region === '*'
  if (service === 's3' && !global && !stored) return `Resource ${resource} can not contain region information.`
  if (service === 'iam' && !global) return `IAM resource ${resource} cannot contain region information.`
  // Missing parts are stars: all behind the service (`arn:aws:sqs`), or behind a star (`arn:aws:iam::*`). An ARN that lost a
  // colon is another matter: `arn:aws:s3::bucket`.
  if (rest.length < 2) return resource.endsWith('*') || !resource.includes('::') ? undefined : LEGACY
  if (service !== 'iam') return undefined
  const path = rest.slice(1).join(':')
  if (path === '*' || path === ROOT_PATH || IAM_PATHS.some((prefix) => path.startsWith(prefix))) return undefined
  return `IAM resource path must either be "*", ${ROOT_PATH}, or start with ${IAM_PATHS.join(', ')}.`
}

import { parseArn, parseIamArn, roleArn, userArn } from '../../authn/arn.ts'
import { type PolicyDocument, type PrincipalEntry, parsePolicy, policySize, principalsOf } from '../../policy/index.ts'
import type { Tx } from '../call.ts'
import { IamError } from '../errors.ts'
import { checkDocument } from '../policies/check-document.ts'
import { checkQuota } from '../quotas.ts'

const FEDERATED = [
  /^arn:aws:iam::\d{12}:(?:oidc|saml)-provider\/.+$/,
  /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i,
]
const UNIQUE_ID = /^A(?:IDA|ROA)[A-Z0-9]+$/

/**
 * A trust policy as it is stored: the text as it was written, but the ARNs of users and roles replaced by their unique ids. So
 * trust follows a rename, and whoever takes over the name of a deleted principal is not trusted. Everybody who is named must
 * exist in this installation; by a bare unique id only the account's own, because it would be shown as the ARN that it stands
 * for. Throws MalformedPolicyDocument, LimitExceeded.
 */
export async function storableTrustPolicy(tx: Tx, accountId: string, text: string): Promise<string> {
  const document = checkDocument(text, 'trust')
  for (const entry of principalsOf(document)) checkFederated(entry)
  const replacements: Replacement[] = []
  for (const entry of awsPrincipals(document)) {
    const id = await uniqueIdOf(tx, accountId, entry.value)
    if (id === null) throw invalidPrincipal(entry)
    if (id !== entry.value) replacements.push({ entry, value: id })
  }
  checkQuota('ACLSizePerRole', policySize(text))
  return replaced(text, replacements)
}

/**
 * Identity providers are named by ARN or, those that AWS knows itself, by domain. As at AWS one that is not registered (yet)
 * may be named: its tokens are refused until it is.
 */
function checkFederated({ type, value, path, start: { line, column } }: PrincipalEntry): void {
  if (type !== 'Federated' || FEDERATED.some((form) => form.test(value))) return
  const text = 'Federated principals must be valid domain names or SAML metadata ARNs'
  throw new IamError('MalformedPolicyDocument', text, { path, line, column })
}

/** A role's stored trust policy. */
interface Stored {
  readonly accountId: string
  readonly trustPolicy: string
}

/**
 * Trust policies as they are shown: unique ids as the ARNs that their owners have now; those of deleted ones stay bare. One
 * look-up for all of them, and one more for principals of other accounts.
 */
export async function renderTrustPolicies(db: Tx, roles: readonly Stored[]): Promise<string[]> {
  const parsed = roles.map((role) => ({ ...role, ids: storedIds(role.trustPolicy) }))
  const wanted = new Set(parsed.flatMap(({ ids }) => ids.map(({ value }) => value)))
  if (wanted.size === 0) return roles.map(({ trustPolicy }) => trustPolicy)
  const accounts = [...new Set(roles.map(({ accountId }) => accountId))]
  const arns = await arnsOf(db, [...wanted], accounts)
  const elsewhere = [...wanted].filter((id) => !arns.has(id))
  if (elsewhere.length > 0) for (const [id, arn] of await arnsOf(db, elsewhere)) arns.set(id, arn)
  return parsed.map(({ trustPolicy, ids }) =>
    replaced(
      trustPolicy,
      ids.flatMap((entry) => {
        const value = arns.get(entry.value)
        return value === undefined ? [] : [{ entry, value }]
      }),
    ),
  )
}

function storedIds(text: string): PrincipalEntry[] {
  const parsed = parsePolicy(text, 'trust', { stored: true })
  return parsed.ok ? awsPrincipals(parsed.document).filter(({ value }) => UNIQUE_ID.test(value)) : []
}

function awsPrincipals(document: PolicyDocument): PrincipalEntry[] {
  return principalsOf(document).filter(({ type }) => type === 'AWS')
}

async function arnsOf(db: Tx, ids: readonly string[], accounts?: readonly string[]): Promise<Map<string, string>> {
  const where = (prefix: string) => ({
    id: { in: ids.filter((id) => id.startsWith(prefix)) },
    ...(accounts && { accountId: { in: [...accounts] } }),
  })
  const select = { id: true, accountId: true, path: true, name: true } as const
  const users = await db.user.findMany({ where: { ...where('AIDA'), root: false }, select })
  const roles = await db.role.findMany({ where: where('AROA'), select })
  return new Map([
    ...users.map((user) => [user.id, userArn(user)] as const),
    ...roles.map((role) => [role.id, roleArn(role)] as const),
  ])
}

/** What a principal is stored as; null when there is no such principal. */
async function uniqueIdOf(tx: Tx, own: string, value: string): Promise<string | null> {
  if (value === '*') return value
  if (UNIQUE_ID.test(value)) return (await arnsOf(tx, [value], [own])).has(value) ? value : null
  const arn = parseArn(value)
  // There is one partition.
  if (arn !== null && arn.partition !== 'aws') return null
  const accountId = arn?.accountId ?? value
  if ((await tx.account.count({ where: { id: accountId } })) === 0) return null
  const named = parseIamArn(value)
  if (named?.type === 'user') return idOfExactly(value, await tx.user.findFirst({ where: keyOf(named) }), userArn)
  if (named?.type === 'role') return idOfExactly(value, await tx.role.findFirst({ where: keyOf(named) }), roleArn)
  // Accounts and sessions have no id of their own.
  return value
}

function keyOf({ accountId, name }: { readonly accountId: string; readonly name: string }) {
  return { accountId, nameKey: name.toLowerCase() }
}

interface Named {
  readonly accountId: string
  readonly id: string
  readonly path: string
  readonly name: string
}

function idOfExactly<Row extends Named>(arn: string, row: Row | null, arnOf: (row: Row) => string): string | null {
  return row !== null && arnOf(row) === arn ? row.id : null
}

interface Replacement {
  readonly entry: PrincipalEntry
  readonly value: string
}

/** From the end, so that the places before stay right. */
function replaced(text: string, replacements: readonly Replacement[]): string {
  return replacements
    .toSorted((a, b) => b.entry.start.offset - a.entry.start.offset)
    .reduce(
      (result, { entry, value }) =>
        result.slice(0, entry.start.offset) + JSON.stringify(value) + result.slice(entry.end.offset + 1),
      text,
    )
}

function invalidPrincipal({ value, path, start }: PrincipalEntry): IamError {
  const { line, column } = start
  return new IamError('MalformedPolicyDocument', `Invalid principal in policy: "AWS":"${value}"`, {
    path,
    line,
    column,
  })
}

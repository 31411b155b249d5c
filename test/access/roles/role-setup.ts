import {
  type Account,
  type Answer,
  type Ask,
  type Grant,
  type Installation,
  policyOf,
  textAt,
} from '../../support/installation.ts'

/** A statement of a trust policy. */
export interface Trust {
  readonly effect?: 'Allow' | 'Deny'
  readonly who: string | readonly string[]
  readonly action?: string | readonly string[]
  readonly when?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

export function trustOf(...statements: readonly Trust[]): object {
  return {
    Version: '2012-10-17',
    Statement: statements.map(({ effect = 'Allow', who, action = 'sts:AssumeRole', when }) => ({
      Effect: effect,
      Principal: { AWS: who },
      Action: action,
      ...(when && { Condition: when }),
    })),
  }
}

export interface RoleOptions {
  readonly roleName: string
  readonly trust: object
  readonly path?: string
  readonly allow?: readonly Grant[]
  readonly tags?: readonly { key: string; value: string }[]
  readonly maxSessionDuration?: number
  readonly permissionsBoundary?: string
}

/** A mutation with one input; throws when it is refused. */
export async function must(ask: Ask, name: string, input: object, selection = '__typename'): Promise<Answer> {
  const answer = await attempt(ask, name, input, selection)
  if (answer.errors.length > 0) throw new Error(`${name}: ${answer.text}`)
  return answer
}

export function attempt(ask: Ask, name: string, input: object, selection = '__typename'): Promise<Answer> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
  return ask(`mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} } }`, { input })
}

/** A role, made by the account's root. */
export async function makeRole(account: Account, { trust, allow = [], ...role }: RoleOptions) {
  const made = await must(
    account.root,
    'createRole',
    { ...role, assumeRolePolicyDocument: trust },
    'role { arn roleId }',
  )
  if (allow.length > 0) {
    const policy = { roleName: role.roleName, policyName: 'allowed', policyDocument: policyOf(allow) }
    await must(account.root, 'putRolePolicy', policy)
  }
  return { arn: textAt(made, 'createRole.role.arn'), roleId: textAt(made, 'createRole.role.roleId') }
}

const CREDENTIALS = `accessKeyId secretAccessKey sessionToken accessToken expiresAt sourceIdentity packedPolicySize
  assumedRoleUser { arn assumedRoleId }`

export function assume(
  ask: Ask,
  input: { readonly roleArn: string; readonly [more: string]: unknown },
): Promise<Answer> {
  return attempt(ask, 'assumeRole', { roleSessionName: 'session', ...input }, CREDENTIALS)
}

/** Assumes a role and asks with the credentials, signed and by bearer token. */
export async function enter(installation: Installation, ask: Ask, input: Parameters<typeof assume>[1]) {
  const answer = await assume(ask, input)
  if (answer.errors.length > 0) throw new Error(answer.text)
  const accessToken = textAt(answer, 'assumeRole.accessToken')
  return {
    answer,
    accessToken,
    accessKeyId: textAt(answer, 'assumeRole.accessKeyId'),
    ask: installation.signs({
      accessKeyId: textAt(answer, 'assumeRole.accessKeyId'),
      secretAccessKey: textAt(answer, 'assumeRole.secretAccessKey'),
      sessionToken: textAt(answer, 'assumeRole.sessionToken'),
    }),
    bearer: installation.bears(accessToken),
  }
}

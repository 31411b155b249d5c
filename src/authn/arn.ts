/** An ARN in its six parts. The resource keeps everything after the fifth colon. */
export interface Arn {
  readonly partition: string
  readonly service: string
  readonly region: string
  readonly accountId: string
  readonly resource: string
}

/** What an ARN of IAM names: `type` is `user`, `policy`, `mfa`…; the path begins and ends with `/`. */
export interface IamArn {
  readonly accountId: string
  readonly type: string
  readonly path: string
  readonly name: string
}

/** A thing of IAM that has a path: rows of the database have exactly these columns. */
export interface PathedEntity {
  readonly accountId: string
  readonly path: string
  readonly name: string
}

/** The columns of a managed policy that its ARN needs. */
export interface PolicyColumns extends PathedEntity {
  readonly builtIn: boolean
}

/** What stands in the account's place in the ARN of a built-in policy. */
const BUILT_IN_OWNER = 'aws'

/** There is one installation and no other partition to mix up. */
const PARTITION = 'aws'
const OIDC_PROVIDER = 'oidc-provider/'
const SAML_PROVIDER = 'saml-provider/'

/** The account's root user; as a principal the same string names the whole account. */
export function rootArn(accountId: string): string {
  return iamArn(accountId, 'root')
}

/** A user with its path, `user/div/sub/Bob`; the root ARN for the row of the root user. */
export function userArn({ accountId, path, name, root = false }: PathedEntity & { readonly root?: boolean }): string {
  return root ? rootArn(accountId) : iamArn(accountId, `user${path}${name}`)
}

/** A group with its path. */
export function groupArn({ accountId, path, name }: PathedEntity): string {
  return iamArn(accountId, `group${path}${name}`)
}

/** A role with its path. */
export function roleArn({ accountId, path, name }: PathedEntity): string {
  return iamArn(accountId, `role${path}${name}`)
}

/** An instance profile with its path. */
export function instanceProfileArn({ accountId, path, name }: PathedEntity): string {
  return iamArn(accountId, `instance-profile${path}${name}`)
}

/** A server certificate with its path. */
export function serverCertificateArn({ accountId, path, name }: PathedEntity): string {
  return iamArn(accountId, `server-certificate${path}${name}`)
}

/** A session of a role; the role's path is dropped. */
export function assumedRoleArn(accountId: string, roleName: string, sessionName: string): string {
  return `arn:${PARTITION}:sts::${accountId}:assumed-role/${roleName}/${sessionName}`
}

/** Somebody who got temporary credentials by GetFederationToken. */
export function federatedUserArn(accountId: string, name: string): string {
  return `arn:${PARTITION}:sts::${accountId}:federated-user/${name}`
}

/** A customer managed policy. */
export function policyArn({ accountId, path, name }: PathedEntity): string {
  return iamArn(accountId, `policy${path}${name}`)
}

/** A managed policy by its row: the built-in ones belong to no account, `arn:aws:iam::aws:policy/…`. */
export function managedPolicyArn({ accountId, path, name, builtIn }: PolicyColumns): string {
  return policyArn({ accountId: builtIn ? BUILT_IN_OWNER : accountId, path, name })
}

/** Whether an ARN names a built-in policy. */
export function isBuiltInPolicyArn(arn: string): boolean {
  return parseIamArn(arn)?.accountId === BUILT_IN_OWNER
}

/** Under which key an account holds the policy that an ARN names; null for other accounts' and for other things. */
export function policyKeyOf(accountId: string, arn: string): string | null {
  const named = parseIamArn(arn)
  if (named?.type !== 'policy') return null
  if (named.accountId === BUILT_IN_OWNER) return policyNameKey(named.name, true)
  return named.accountId === accountId ? policyNameKey(named.name, false) : null
}

/** What orders and tells apart an account's policies. The colon, which no name contains, leaves every built-in name to customers. */
export function policyNameKey(name: string, builtIn: boolean): string {
  return name.toLowerCase() + (builtIn ? ':aws' : '')
}

/** A virtual MFA device; this is also its serial number. */
export function mfaArn({ accountId, path, name }: PathedEntity): string {
  return iamArn(accountId, `mfa${path}${name}`)
}

/** An identity provider by its address without `https://`. */
export function oidcProviderArn(accountId: string, url: string): string {
  return iamArn(accountId, `${OIDC_PROVIDER}${url}`)
}

/** Takes the ARN of an identity provider apart; null when the text is none of this partition. */
export function parseOidcProviderArn(text: string): { readonly accountId: string; readonly url: string } | null {
  const { accountId = '', resource = '' } = parseArn(text) ?? {}
  const url = resource.slice(OIDC_PROVIDER.length)
  return url !== '' && text === oidcProviderArn(accountId, url) ? { accountId, url } : null
}

/** An identity provider of SAML by its name. */
export function samlProviderArn(accountId: string, name: string): string {
  return iamArn(accountId, `${SAML_PROVIDER}${name}`)
}

/** Takes the ARN of an identity provider of SAML apart; null when the text is none of this partition. */
export function parseSamlProviderArn(text: string): { readonly accountId: string; readonly name: string } | null {
  const { accountId = '', resource = '' } = parseArn(text) ?? {}
  const name = resource.slice(SAML_PROVIDER.length)
  return /^[\w.-]+$/.test(name) && text === samlProviderArn(accountId, name) ? { accountId, name } : null
}

/** Region is always empty for IAM. */
function iamArn(accountId: string, resource: string): string {
  return `arn:${PARTITION}:iam::${accountId}:${resource}`
}

/** Splits an ARN; null when the text does not have six parts, begins with something else than `arn`, or names no resource. */
export function parseArn(text: string): Arn | null {
  const [scheme, partition, service, region, accountId, ...resource] = text.split(':')
  const rest = resource.join(':')
  if (scheme !== 'arn' || !partition || !service || region === undefined || accountId === undefined || rest === '') {
    return null
  }
  return { partition, service, region, accountId, resource: rest }
}

/** Takes an ARN of IAM apart; null when the text is no ARN of a pathed thing of IAM in this partition. */
export function parseIamArn(text: string): IamArn | null {
  const arn = parseArn(text)
  if (arn === null || arn.partition !== PARTITION || arn.service !== 'iam' || arn.region !== '') return null
  const pathBegins = arn.resource.indexOf('/')
  const nameBegins = arn.resource.lastIndexOf('/') + 1
  if (pathBegins < 1 || nameBegins === arn.resource.length) return null
  return {
    accountId: arn.accountId,
    type: arn.resource.slice(0, pathBegins),
    path: arn.resource.slice(pathBegins, nameBegins),
    name: arn.resource.slice(nameBegins),
  }
}

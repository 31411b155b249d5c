import type { Principal } from '../authn/principal.ts'
import { compilePolicy, compileSet, type Decision, type PolicySet, parsePolicy } from '../policy/index.ts'
import type { CompiledPrincipal } from './principal-policies.ts'

/**
 * While a password must be changed, nothing else may be done with it: a session policy like any other. It denies rather than
 * leaves out, because a resource policy that names the user is not narrowed by what a session policy does not allow.
 */
export const PASSWORD_CHANGE_ONLY = builtIn(
  'password-change-required',
  `{"Version":"2012-10-17","Statement":[
    {"Effect":"Allow","Action":"*","Resource":"*"},
    {"Effect":"Deny","NotAction":"iam:ChangePassword","Resource":"*"}
  ]}`,
)

/**
 * What a user who has a device needs it for, when the devices are the caller's own: a session policy of its own, which no policy
 * of the user can take back. Somebody who stole a key or a password would else enable a device of theirs, or make recovery codes,
 * and have MFA; who lost the device uses a recovery code or asks an administrator. The same holds for the password and the address
 * of root. Requests signed with a long-term key carry no MFA at all, hence IfExists.
 */
export const OWN_SIGN_IN_WITH_MFA = builtIn(
  'own-sign-in-needs-mfa',
  `{"Version":"2012-10-17","Statement":[
    {"Effect":"Allow","Action":"*","Resource":"*"},
    {
      "Effect":"Deny",
      "Action":[
        "iam:DeactivateMFADevice","iam:EnableMFADevice","iam:ResyncMFADevice","latchkey:CreateRecoveryCodes",
        "iam:ChangePassword","latchkey:UpdateRootEmail"
      ],
      "Resource":"*",
      "Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}
    }
  ]}`,
)
const OF_DEVICES = /^(?:iam:(?:Deactivate|Enable|Resync)MFADevice|latchkey:CreateRecoveryCodes)$/i
const OF_SIGN_IN = /^(?:iam:ChangePassword|latchkey:UpdateRootEmail)$/i

/** Whether `OWN_SIGN_IN_WITH_MFA` holds: the action is on the caller, who has a device; with root, also what root signs in with. */
export function concernsOwnSignIn(
  { arn, kind }: Pick<Principal, 'arn' | 'kind'>,
  { hasMfaDevice }: Pick<CompiledPrincipal, 'hasMfaDevice'>,
  action: string,
  resource: string,
): boolean {
  if (!hasMfaDevice || resource !== arn) return false
  return OF_DEVICES.test(action) || (kind === 'root' && OF_SIGN_IN.test(action))
}

/** What a credential that may not be used for something at all is told when it only asks. */
export const NOTHING = builtIn(
  'credential-not-usable',
  '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}',
)

const ALLOWED_BY_RESET: Decision = { effect: 'ALLOW', reason: 'SESSION_POLICY', layer: 'session' }
/** The account's password policy speaks for every user, as an identity policy of each would. */
const ALLOWED_BY_ACCOUNT: Decision = { effect: 'ALLOW', reason: 'IDENTITY_POLICY', layer: 'identity' }

/**
 * What of STS the temporary credentials of a user or of root may do: AssumeRole with what goes along with it, and
 * GetCallerIdentity. GetFederationToken and GetSessionToken refuse them in words of their own.
 */
const STS_OF_SESSIONS =
  /^sts:(?:AssumeRole|SetSourceIdentity|TagSession|GetCallerIdentity|GetFederationToken|GetSessionToken)$/i

/**
 * What AWS does not let some temporary credentials do, whatever the policies say; it says so in an authentication error (AWS
 * IAM user guide, "Compare AWS STS credentials").
 */
export function isBarred({ kind, credential, mfaAuthenticatedAt }: Principal, action: string): boolean {
  if (kind === 'federated') return /^(?:iam:|sts:(?!GetCallerIdentity$))/i.test(action)
  if (kind === 'role-session' || credential !== 'SESSION') return false
  // Those that a key made without MFA can do nothing in IAM.
  if (/^iam:/i.test(action)) return mfaAuthenticatedAt === null
  return /^sts:/i.test(action) && !STS_OF_SESSIONS.test(action)
}

/**
 * Whoever must change the password may do so, and where the account lets users change their own they may also read the rules
 * for it, both without any policy. An explicit deny still holds.
 */
export function allowedWithoutPolicy(
  principal: Principal,
  { mayChangePassword }: CompiledPrincipal,
  action: string,
  resource: string,
): Decision | null {
  const { passwordResetPending: pending } = principal
  switch (action.toLowerCase()) {
    case 'iam:changepassword':
      if (resource !== principal.arn) return null
      return pending ? ALLOWED_BY_RESET : mayChangePassword ? ALLOWED_BY_ACCOUNT : null
    case 'iam:getaccountpasswordpolicy':
      return mayChangePassword && !pending ? ALLOWED_BY_ACCOUNT : null
    default:
      return null
  }
}

function builtIn(id: string, text: string): PolicySet {
  const parsed = parsePolicy(text, 'session')
  if (!parsed.ok) throw parsed.error
  return compileSet([compilePolicy(parsed.document, { id, type: 'session' })])
}

import {
  type Account,
  type Ask,
  type Installation,
  type TestCaller,
  type TestCallerOptions,
  textAt,
} from '../support/installation.ts'
import { enrol, PASSWORD, passwordHash } from '../support/world.ts'

const SIGN_IN = `mutation ($input: SignInInput!) {
  signIn(input: $input) { accessToken passwordChangeRequired }
}`
const TEMPORARY = `mutation ($input: GetSessionTokenInput!) {
  getSessionToken(input: $input) { accessKeyId secretAccessKey sessionToken accessToken }
}`

/** Every way in which one user can ask. */
export interface Ways {
  /** Signed with a long-term key. */
  readonly key: Ask
  /** A session that began with a password, before and after a one-time code. */
  readonly password: Ask
  readonly passwordAndMfa: Ask
  /** Temporary credentials of the key, without and with a one-time code. */
  readonly temporary: Ask
  readonly temporaryAndMfa: Ask
}

/** A user with a password, a key and an MFA device, and every credential that these give. */
export async function userInAllWays(
  installation: Installation,
  account: Account,
  options: TestCallerOptions,
): Promise<TestCaller & { ways: Ways }> {
  const user = await account.user({ ...options, passwordHash: await passwordHash })
  const password = await signIn(installation, account, options.name)
  const device = await enrol({ installation, root: account.root }, `${options.name}-device`, options.name)
  const code = () => {
    installation.clock.advance(60_000)
    return device.code()
  }
  const passwordAndMfa = await signIn(installation, account, options.name, { mfaCode: code() })
  const temporary = await user.ask(TEMPORARY, { input: {} })
  const temporaryAndMfa = await user.ask(TEMPORARY, {
    input: { serialNumber: device.serialNumber, tokenCode: code() },
  })
  const signs = (answer: typeof temporary) =>
    installation.signs({
      accessKeyId: textAt(answer, 'getSessionToken.accessKeyId'),
      secretAccessKey: textAt(answer, 'getSessionToken.secretAccessKey'),
      sessionToken: textAt(answer, 'getSessionToken.sessionToken'),
    })
  return {
    ...user,
    ways: {
      key: user.ask,
      password,
      passwordAndMfa,
      temporary: signs(temporary),
      temporaryAndMfa: signs(temporaryAndMfa),
    },
  }
}

/** Signs a user in and asks with the token. */
export async function signIn(
  installation: Installation,
  { accountId }: Pick<Account, 'accountId'>,
  userName: string,
  more: { readonly mfaCode?: string; readonly password?: string } = {},
): Promise<Ask> {
  const answer = await installation.anonymous(SIGN_IN, {
    input: { account: accountId, userName, password: PASSWORD, ...more },
  })
  return installation.bears(textAt(answer, 'signIn.accessToken'))
}

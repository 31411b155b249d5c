import type { AwsRow } from '../operation.ts'
import { at, structure, timestamp } from '../output.ts'
import { text } from '../parameters.ts'
import { userName } from './common.ts'

const LOGIN_PROFILE = structure({
  UserName: at('userName', userName),
  CreateDate: at('createdAt', timestamp),
  PasswordResetRequired: at('passwordResetRequired'),
})
const FIELDS = 'userName createdAt passwordResetRequired'

const USER_NAME = { UserName: text('userName') }

export const LOGIN_PROFILES: readonly AwsRow[] = [
  {
    name: 'CreateLoginProfile',
    selects: `loginProfile { ${FIELDS} }`,
    result: { LoginProfile: at('loginProfile', LOGIN_PROFILE) },
  },
  {
    name: 'GetLoginProfile',
    document: `query ($userName: String) { loginProfile(userName: $userName) { ${FIELDS} } }`,
    parameters: USER_NAME,
    result: { LoginProfile: LOGIN_PROFILE },
  },
  {
    name: 'GetAccountPasswordPolicy',
    document: `query {
      passwordPolicy {
        minimumPasswordLength requireSymbols requireNumbers requireUppercaseCharacters requireLowercaseCharacters
        allowUsersToChangePassword expirePasswords maxPasswordAge passwordReusePrevention hardExpiry
      }
    }`,
    result: {
      PasswordPolicy: structure({
        MinimumPasswordLength: at('minimumPasswordLength'),
        RequireSymbols: at('requireSymbols'),
        RequireNumbers: at('requireNumbers'),
        RequireUppercaseCharacters: at('requireUppercaseCharacters'),
        RequireLowercaseCharacters: at('requireLowercaseCharacters'),
        AllowUsersToChangePassword: at('allowUsersToChangePassword'),
        ExpirePasswords: at('expirePasswords'),
        MaxPasswordAge: at('maxPasswordAge'),
        PasswordReusePrevention: at('passwordReusePrevention'),
        HardExpiry: at('hardExpiry'),
      }),
    },
  },
]

import type { Operation } from '../operation.ts'
import { at, structure, timestamp } from '../output.ts'
import { flag, integer, required, text } from '../parameters.ts'
import { userName } from './common.ts'

const LOGIN_PROFILE = structure({
  UserName: at('userName', userName),
  CreateDate: at('createdAt', timestamp),
  PasswordResetRequired: at('passwordResetRequired'),
})
const FIELDS = 'userName createdAt passwordResetRequired'

const USER_NAME = { UserName: text('userName') }

export const LOGIN_PROFILES: readonly Operation[] = [
  {
    name: 'CreateLoginProfile',
    document: `mutation ($input: CreateLoginProfileInput!) {
      createLoginProfile(input: $input) { loginProfile { ${FIELDS} } }
    }`,
    parameters: { ...USER_NAME, Password: required(text('password')), PasswordResetRequired: flag },
    result: { LoginProfile: at('loginProfile', LOGIN_PROFILE) },
  },
  {
    name: 'GetLoginProfile',
    document: `query ($userName: String) { loginProfile(userName: $userName) { ${FIELDS} } }`,
    parameters: USER_NAME,
    result: { LoginProfile: LOGIN_PROFILE },
  },
  {
    name: 'UpdateLoginProfile',
    document: 'mutation ($input: UpdateLoginProfileInput!) { updateLoginProfile(input: $input) { __typename } }',
    parameters: { UserName: required(text('userName')), Password: text('password'), PasswordResetRequired: flag },
  },
  {
    name: 'DeleteLoginProfile',
    document: 'mutation ($input: DeleteLoginProfileInput!) { deleteLoginProfile(input: $input) { __typename } }',
    parameters: USER_NAME,
  },
  {
    name: 'ChangePassword',
    document: 'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { __typename } }',
    parameters: { OldPassword: required(text('oldPassword')), NewPassword: required(text('newPassword')) },
  },
  {
    name: 'UpdateAccountPasswordPolicy',
    document: `mutation ($input: UpdateAccountPasswordPolicyInput!) {
      updateAccountPasswordPolicy(input: $input) { __typename }
    }`,
    parameters: {
      MinimumPasswordLength: integer('minimumPasswordLength'),
      RequireSymbols: flag,
      RequireNumbers: flag,
      RequireUppercaseCharacters: flag,
      RequireLowercaseCharacters: flag,
      AllowUsersToChangePassword: flag,
      MaxPasswordAge: integer('maxPasswordAge'),
      PasswordReusePrevention: integer('passwordReusePrevention'),
      HardExpiry: flag,
    },
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
  { name: 'DeleteAccountPasswordPolicy', document: 'mutation { deleteAccountPasswordPolicy { __typename } }' },
]

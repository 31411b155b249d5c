import { type BuiltInPolicy, documentOf } from './built-in-policy.ts'
import { OWN_USER } from './own-user.ts'

export const iamUserChangePassword: BuiltInPolicy = {
  id: 'ANPALATCHKEYIAMUSERCH',
  name: 'IAMUserChangePassword',
  description: 'Users change their own passwords and see the rules for them.',
  version: 1,
  document: documentOf([
    { Sid: 'ChangeOwnPassword', Effect: 'Allow', Action: 'iam:ChangePassword', Resource: OWN_USER },
    { Sid: 'SeeRules', Effect: 'Allow', Action: 'iam:GetAccountPasswordPolicy', Resource: '*' },
  ]),
}

import { type BuiltInPolicy, documentOf } from './built-in-policy.ts'
import { CHANGE_KEYS, DESCRIBE_KEYS, ONLY_KEY_IDS, OWN_USER, READ_OWN } from './own-user.ts'

export const iamSelfManageAccessKeys: BuiltInPolicy = {
  id: 'ANPALATCHKEYSELFMANAG',
  name: 'IAMSelfManageAccessKeys',
  description: 'Users create, describe, deactivate, rotate and delete their own access keys.',
  version: 1,
  document: documentOf([
    { Sid: 'ReadOwn', Effect: 'Allow', Action: READ_OWN, Resource: OWN_USER },
    { Sid: 'ChangeOwnKeys', Effect: 'Allow', Action: CHANGE_KEYS, Resource: OWN_USER },
    { Sid: 'DescribeOwnKeys', Effect: 'Allow', Action: DESCRIBE_KEYS, Resource: OWN_USER, Condition: ONLY_KEY_IDS },
  ]),
}

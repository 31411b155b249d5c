import { type BuiltInPolicy, documentOf } from './built-in-policy.ts'
import { CHANGE_KEYS, DESCRIBE_KEYS, ONLY_KEY_IDS, OWN_USER, READ_OWN } from './own-user.ts'

/** What is signed with a long-term key lacks the condition key altogether and does not match either: no IfExists. */
const WITH_MFA = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }

/** The one device that may be made without MFA, or nobody could begin. */
const FIRST_DEVICE = 'arn:aws:iam::*:mfa/${aws:username}'
const FURTHER_DEVICES = 'arn:aws:iam::*:mfa/*/${aws:username}'

/**
 * Who stole a key must not get past MFA by a device of their own: while the device that bears the user's name is in use, it
 * can be neither made once more nor deleted, and to deactivate it or to make one of another path takes MFA.
 */
export const iamSelfManageAccessKeysWithMfa: BuiltInPolicy = {
  id: 'ANPALATCHKEYSELFMWMFA',
  name: 'IAMSelfManageAccessKeysWithMFA',
  description:
    'Users manage their own access keys after a code of their MFA device, which they set up themselves under their own name.',
  version: 2,
  document: documentOf([
    { Sid: 'ReadOwn', Effect: 'Allow', Action: READ_OWN, Resource: OWN_USER },
    {
      Sid: 'SetUpFirstDevice',
      Effect: 'Allow',
      Action: ['iam:CreateVirtualMFADevice', 'iam:DeleteVirtualMFADevice'],
      Resource: FIRST_DEVICE,
    },
    {
      Sid: 'EnableOwnDevice',
      Effect: 'Allow',
      Action: ['iam:EnableMFADevice', 'iam:ResyncMFADevice'],
      Resource: OWN_USER,
    },
    {
      Sid: 'ChangeOwnKeysWithMFA',
      Effect: 'Allow',
      Action: [...CHANGE_KEYS, 'iam:DeactivateMFADevice', 'latchkey:CreateRecoveryCodes'],
      Resource: OWN_USER,
      Condition: WITH_MFA,
    },
    {
      Sid: 'DescribeOwnKeysWithMFA',
      Effect: 'Allow',
      Action: DESCRIBE_KEYS,
      Resource: OWN_USER,
      Condition: { ...ONLY_KEY_IDS, ...WITH_MFA },
    },
    {
      Sid: 'FurtherDevicesWithMFA',
      Effect: 'Allow',
      Action: ['iam:CreateVirtualMFADevice', 'iam:DeleteVirtualMFADevice'],
      Resource: FURTHER_DEVICES,
      Condition: WITH_MFA,
    },
  ]),
}

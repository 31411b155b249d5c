const OWN = 'arn:aws:iam::*:user/${aws:username}'

function allow(...actions: readonly string[]) {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: OWN }] }
}

/** The policies of the AWS documentation for users who look after their own keys. */
export const CREATE_OWN_KEYS = allow('iam:CreateAccessKey', 'iam:GetUser', 'iam:ListAccessKeys', 'iam:TagUser')

export const CREATE_OWN_KEYS_WITHOUT_TAGS = allow('iam:CreateAccessKey', 'iam:GetUser', 'iam:ListAccessKeys')

export const MANAGE_OWN_KEYS = allow(
  'iam:CreateAccessKey',
  'iam:DeleteAccessKey',
  'iam:GetAccessKeyLastUsed',
  'iam:GetUser',
  'iam:ListAccessKeys',
  'iam:TagUser',
  'iam:UpdateAccessKey',
)

/** Looking is free, changing needs a code. */
export const CHANGE_OWN_KEYS_WITH_MFA = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: ['iam:GetUser', 'iam:ListAccessKeys'], Resource: OWN },
    {
      Effect: 'Allow',
      Action: ['iam:UpdateAccessKey', 'iam:CreateAccessKey'],
      Resource: OWN,
      Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
    },
    { Effect: 'Allow', Action: ['iam:CreateVirtualMFADevice', 'iam:EnableMFADevice'], Resource: '*' },
  ],
}

export function anywhere(...actions: readonly string[]) {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] }
}

/** The caller as a target. ARNs carry the user's path; a name has no slash in it and is unique whatever the path. */
export const OWN_USER = ['arn:aws:iam::*:user/${aws:username}', 'arn:aws:iam::*:user/*/${aws:username}']

/** What tells users about themselves, their keys with descriptions and their MFA devices; no secret is among it. */
export const READ_OWN = [
  'iam:GetAccessKeyLastUsed',
  'iam:GetMFADevice',
  'iam:GetUser',
  'iam:ListAccessKeys',
  'iam:ListMFADevices',
  'iam:ListUserTags',
]

/** With those above, all that rotating a key takes. */
export const CHANGE_KEYS = ['iam:CreateAccessKey', 'iam:DeleteAccessKey', 'iam:UpdateAccessKey']

/**
 * The description of a key is a tag of the user with the key's id as its key. Other tags may decide what the user is allowed,
 * so nobody may write them on themselves; without the second condition a request that names no keys would pass.
 */
export const DESCRIBE_KEYS = ['iam:TagUser', 'iam:UntagUser']
export const ONLY_KEY_IDS = {
  'ForAllValues:StringLike': { 'aws:TagKeys': 'AKIA????????????????' },
  Null: { 'aws:TagKeys': 'false' },
}

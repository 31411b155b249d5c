import { type BuiltInPolicy, documentOf } from './built-in-policy.ts'

export const iamFullAccess: BuiltInPolicy = {
  id: 'ANPALATCHKEYIAMFULLAC',
  name: 'IAMFullAccess',
  description: 'Everything in IAM, hence also to give oneself any other permission.',
  version: 1,
  document: documentOf([{ Sid: 'AllOfIAM', Effect: 'Allow', Action: 'iam:*', Resource: '*' }]),
}

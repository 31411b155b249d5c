import { type BuiltInPolicy, documentOf } from './built-in-policy.ts'

export const awsDenyAll: BuiltInPolicy = {
  id: 'ANPALATCHKEYDENYALLAA',
  name: 'AWSDenyAll',
  description: 'Nothing, whatever other policies allow: for a user whose key leaked, until it is known what happened.',
  version: 1,
  document: documentOf([{ Sid: 'DenyAll', Effect: 'Deny', Action: '*', Resource: '*' }]),
}

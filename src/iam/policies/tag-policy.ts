import { tagging } from '../tags/tagging.ts'
import { findOwnPolicy } from './find-policy.ts'

/** Tags of a managed policy of the account, by ARN; those that come built in throw AccessDenied. Keys that differ in case are two. */
export const [tagPolicy, untagPolicy] = tagging({
  kind: 'policy',
  parameter: 'policyArn',
  named: (policyArn) => ({ policyArn }),
  find: findOwnPolicy,
  keyOf: ({ id }) => id,
})

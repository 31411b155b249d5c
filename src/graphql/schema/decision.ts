import { denialMessage, denialReason, type Verdict } from '../../access/verdict.ts'
import { builder } from '../builder.ts'

export const DecisionEffect = builder.enumType('DecisionEffect', {
  values: ['ALLOW', 'IMPLICIT_DENY', 'EXPLICIT_DENY'] as const,
})

const DenialReason = builder.enumType('DenialReason', {
  values: [
    'NO_IDENTITY_POLICY',
    'IDENTITY_POLICY',
    'PERMISSIONS_BOUNDARY',
    'SESSION_POLICY',
    'RESOURCE_POLICY',
  ] as const,
})

/** What the policies say about one question. */
export const Decision = builder.objectRef<Verdict>('Decision').implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    allowed: t.boolean({ resolve: ({ decision }) => decision.effect === 'ALLOW' }),
    effect: t.field({ type: DecisionEffect, resolve: ({ decision }) => decision.effect }),
    reason: t.field({
      type: DenialReason,
      nullable: true,
      description: 'Which policies denied; null when allowed.',
      resolve: ({ decision }) => (decision.effect === 'ALLOW' ? null : denialReason(decision)),
    }),
    principal: t.field({ type: 'ARN', resolve: ({ principal }) => principal.arn }),
    action: t.exposeString('action'),
    resource: t.string({ resolve: ({ publicArn }) => publicArn }),
    mfaRequired: t.exposeBoolean('mfaRequired', {
      description: 'True exactly when the same request with a fresh MFA code would be allowed.',
    }),
    message: t.string({
      nullable: true,
      description: 'The words of the denial; null when allowed.',
      resolve: (verdict) => (verdict.decision.effect === 'ALLOW' ? null : denialMessage(verdict)),
    }),
  }),
})

export const AccessCheck = builder.inputType('AccessCheck', {
  fields: (t) => ({
    action: t.string({ required: true, description: 'For example `iam:CreateAccessKey`.' }),
    resource: t.string({
      description: 'An ARN, or `*`. Absent: the caller itself for actions on users, else what the action is judged on.',
    }),
  }),
})

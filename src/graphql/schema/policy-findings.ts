import { checkConstraints } from '../../iam/constraints.ts'
import { KNOWN_ACTIONS } from '../../iam/simulation/known-actions.ts'
import { checkPolicy, type PolicyFinding as Finding, type PolicyKind } from '../../policy/index.ts'
import { builder } from '../builder.ts'

const PolicyType = builder.enumType('PolicyType', {
  description: 'What a document is for: it decides which elements it may have.',
  values: ['IDENTITY', 'RESOURCE', 'SESSION', 'TRUST'] as const,
})

const KINDS: Readonly<Record<typeof PolicyType.$inferType, PolicyKind>> = {
  IDENTITY: 'inline',
  RESOURCE: 'resource',
  SESSION: 'session',
  TRUST: 'trust',
}

const FindingType = builder.enumType('PolicyFindingType', {
  values: {
    ERROR: {
      description:
        'The document is refused when it is written, or a condition has a value that its operator cannot compare: a Bool that is neither, a number or an address that is none.',
    },
    SECURITY_WARNING: { description: 'It allows more, or denies less, than its author may mean.' },
    WARNING: { description: 'A part of it does nothing, or something else than it seems to.' },
    SUGGESTION: { description: 'It could be shorter or clearer.' },
  },
} as const)

const PolicyFinding = builder.objectRef<Finding>('PolicyFinding').implement({
  fields: (t) => ({
    findingType: t.field({ type: FindingType, resolve: ({ severity }) => severity }),
    issueCode: t.exposeString('code', { description: 'For example `PASSES_ANY_ROLE`.' }),
    message: t.exposeString('message'),
    path: t.exposeString('path', { description: 'For example `$.Statement[0].Action[1]`.' }),
    line: t.exposeInt('line', { description: 'From 1.' }),
    column: t.exposeInt('column', { description: 'From 1.' }),
  }),
})

builder.queryField('validatePolicy', (t) =>
  t.field({
    type: [PolicyFinding],
    nullable: true,
    description: 'What is wrong with a policy, or seldom meant. An empty list is no promise.',
    args: {
      document: t.arg({ type: 'PolicyDocument', required: true }),
      type: t.arg({ type: PolicyType, defaultValue: 'IDENTITY' }),
    },
    access: 'authenticated',
    resolve: (_parent, { document, type }) => {
      checkConstraints({ policyDocument: document })
      return checkPolicy(document, KINDS[type ?? 'IDENTITY'], KNOWN_ACTIONS)
    },
  }),
)

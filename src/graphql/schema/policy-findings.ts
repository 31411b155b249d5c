import { checkConstraints } from '../../iam/constraints.ts'
import { KNOWN_ACTIONS } from '../../iam/simulation/known-actions.ts'
import { checkPolicy, type PolicyFinding as Finding, type PolicyKind } from '../../policy/index.ts'
import { builder } from '../builder.ts'

const PolicyType = builder.enumType('PolicyType', {
  description: 'What a policy document is used as. It decides which elements the document may have.',
  values: {
    IDENTITY: { description: 'A managed or an inline policy of a user, group or role.' },
    RESOURCE: { description: 'A policy of a resource, which names principals.' },
    SESSION: { description: 'A policy that limits a session.' },
    TRUST: { description: 'The trust policy of a role.' },
  } as const,
})

const KINDS: Readonly<Record<typeof PolicyType.$inferType, PolicyKind>> = {
  IDENTITY: 'inline',
  RESOURCE: 'resource',
  SESSION: 'session',
  TRUST: 'trust',
}

const FindingType = builder.enumType('PolicyFindingType', {
  description: 'How serious a finding is.',
  values: {
    ERROR: {
      description:
        'The document would be refused when it is written, or a condition has a value that its operator cannot compare, such as a number or an IP address that is none.',
    },
    SECURITY_WARNING: { description: 'The document may allow more, or deny less, than its author means.' },
    WARNING: { description: 'A part of the document has no effect, or another effect than it seems to have.' },
    SUGGESTION: { description: 'The document could be shorter or clearer.' },
  },
} as const)

const PolicyFinding = builder.objectRef<Finding>('PolicyFinding').implement({
  description: 'Something that is wrong with a policy document, or may be.',
  fields: (t) => ({
    findingType: t.field({ type: FindingType, resolve: ({ severity }) => severity }),
    issueCode: t.exposeString('code', { description: 'The kind of finding, for example `PASSES_ANY_ROLE`.' }),
    message: t.exposeString('message', { description: 'The finding in a sentence.' }),
    path: t.exposeString('path', {
      description: 'The place in the document as a JSON path, for example `$.Statement[0].Action[1]`.',
    }),
    line: t.exposeInt('line', { description: 'Line of the place in the text, counted from 1.' }),
    column: t.exposeInt('column', { description: 'Column of the place in the text, counted from 1.' }),
  }),
})

builder.queryField('validatePolicy', (t) =>
  t.field({
    type: [PolicyFinding],
    nullable: true,
    description:
      'Checks a policy document for errors and for what is seldom meant. An empty list does not prove that the document does what its author means.',
    args: {
      document: t.arg({
        type: 'PolicyDocument',
        required: true,
        description:
          'The document: a JSON object, or its text as a string. Findings have places only in the text as it was sent.',
      }),
      type: t.arg({
        type: PolicyType,
        defaultValue: 'IDENTITY',
        description: 'What the document is used as. Null: IDENTITY.',
      }),
    },
    access: 'authenticated',
    resolve: (_parent, { document, type }) => {
      checkConstraints({ policyDocument: document })
      return checkPolicy(document, KINDS[type ?? 'IDENTITY'], KNOWN_ACTIONS)
    },
  }),
)

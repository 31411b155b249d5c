import { type UserRow, userRow } from '../../access/declaration.ts'
import { builder } from '../builder.ts'

interface InlinePolicyRow {
  name: string
  document: string
  updatedAt: Date
  user: UserRow
}

export const InlinePolicy = builder.objectRef<InlinePolicyRow>('InlinePolicy').implement({
  description: 'A policy that is part of one user.',
  fields: (t) => ({
    policyName: t.exposeString('name'),
    updatedAt: t.expose('updatedAt', { type: 'DateTime' }),
    policyDocument: t.expose('document', {
      type: 'PolicyDocument',
      nullable: true,
      access: { action: 'iam:GetUserPolicy', resource: ({ user }) => userRow(user) },
    }),
    policyText: t.exposeString('document', {
      nullable: true,
      description: 'The document exactly as it was written, white space included.',
      access: { action: 'iam:GetUserPolicy', resource: ({ user }) => userRow(user) },
    }),
  }),
})

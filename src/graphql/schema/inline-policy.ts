import { type EntityRow, groupRow, type Requirement, roleRow, userRow } from '../../access/declaration.ts'
import { builder } from '../builder.ts'

/** Permissions on an inline policy are checked on what it is part of. */
type Owner =
  | { readonly kind: 'user'; readonly row: EntityRow }
  | { readonly kind: 'group'; readonly row: EntityRow }
  | { readonly kind: 'role'; readonly row: EntityRow }

export interface InlinePolicyRow {
  name: string
  document: string
  updatedAt: Date
  owner: Owner
}

const isOf =
  (kind: Owner['kind']) =>
  ({ owner }: InlinePolicyRow) =>
    owner.kind === kind

/** Exactly one applies: each kind of owner has an action of its own. */
const readable = [
  { action: 'iam:GetUserPolicy', when: isOf('user'), resource: ({ owner }) => userRow({ root: false, ...owner.row }) },
  { action: 'iam:GetGroupPolicy', when: isOf('group'), resource: ({ owner }) => groupRow(owner.row) },
  { action: 'iam:GetRolePolicy', when: isOf('role'), resource: ({ owner }) => roleRow(owner.row) },
] as const satisfies readonly Requirement<InlinePolicyRow, object>[]

export const InlinePolicy = builder.objectRef<InlinePolicyRow>('InlinePolicy').implement({
  description: 'A policy that is a part of one user, group or role and ends with it.',
  fields: (t) => ({
    policyName: t.exposeString('name'),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When the policy was last written.' }),
    policyDocument: t.expose('document', {
      type: 'PolicyDocument',
      nullable: true,
      description: 'The document as JSON.',
      access: readable,
    }),
    policyText: t.exposeString('document', {
      nullable: true,
      description: 'The document as it was written, white space included.',
      access: readable,
    }),
  }),
})

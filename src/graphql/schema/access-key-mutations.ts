import { requestTags } from '../../access/context.ts'
import { user } from '../../access/declaration.ts'
import { createAccessKey } from '../../iam/access-keys/create-access-key.ts'
import { deleteAccessKey } from '../../iam/access-keys/delete-access-key.ts'
import { updateAccessKey } from '../../iam/access-keys/update-access-key.ts'
import { builder } from '../builder.ts'
import { AccessKey, AccessKeyStatus } from './access-key.ts'

const CreateAccessKeyInput = builder.inputType('CreateAccessKeyInput', {
  fields: (t) => ({
    userName: t.string({ description: 'The caller when omitted.' }),
    description: t.string({ description: "Kept as the user's tag whose key is the access key id." }),
    clientToken: t.string({
      description:
        'Makes a retry safe: the same token within 24 hours answers with the same key and secret instead of a second key.',
    }),
  }),
})

/**
 * The tag's key is the id of a key that does not exist yet. Left out, `ForAllValues` conditions on `aws:TagKeys` would hold for
 * want of values and let a caller write tags that the policy keeps from it; patterns such as `AKIA*` mean every such id.
 */
const KEY_ID_TO_COME = 'AKIA0000000000000000'

const CreateAccessKeyPayload = builder
  .objectRef<{ accessKey: { id: string }; secretAccessKey: string; csv: string }>('CreateAccessKeyPayload')
  .implement({
    fields: (t) => ({
      accessKey: t.prismaField({
        type: AccessKey,
        access: 'parent',
        resolve: (query, { accessKey: { id } }, _args, { db, principal }) =>
          db.accessKey.findUniqueOrThrow({ ...query, where: { accountId_id: { accountId: principal.accountId, id } } }),
      }),
      secretAccessKey: t.exposeString('secretAccessKey', {
        description: 'Shown this once. Never stored readable, never logged, never returned again.',
      }),
      csv: t.exposeString('csv', { description: 'The two-line .csv file that the console offers for download.' }),
    }),
  })

builder.mutationField('createAccessKey', (t) =>
  t.field({
    type: CreateAccessKeyPayload,
    nullable: true,
    description: 'Makes a second key while the first one works, for rotation. Two keys at most; inactive ones count.',
    args: { input: t.arg({ type: CreateAccessKeyInput, required: true }) },
    access: [
      { action: 'iam:CreateAccessKey', resource: (_parent, { input }) => user(input.userName) },
      {
        action: 'iam:TagUser',
        resource: (_parent, { input }) => user(input.userName),
        when: (_parent, { input }) => Boolean(input.description),
        keys: ({ input }) => requestTags([{ key: KEY_ID_TO_COME, value: input.description ?? '' }]),
      },
    ],
    resolve: (_parent, { input }, { call, budget }) => {
      budget.draw('keyChanges', 1)
      return createAccessKey(call, input)
    },
  }),
)

const UpdateAccessKeyInput = builder.inputType('UpdateAccessKeyInput', {
  fields: (t) => ({
    userName: t.string({ description: 'The caller when omitted.' }),
    accessKeyId: t.id({ required: true }),
    status: t.field({ type: AccessKeyStatus }),
    description: t.string({ description: 'An empty text removes the description.' }),
  }),
})

const UpdateAccessKeyPayload = builder.objectRef<{ id: string }>('UpdateAccessKeyPayload').implement({
  fields: (t) => ({
    accessKey: t.prismaField({
      type: AccessKey,
      access: 'parent',
      resolve: (query, { id }, _args, { db, principal }) =>
        db.accessKey.findUniqueOrThrow({ ...query, where: { accountId_id: { accountId: principal.accountId, id } } }),
    }),
  }),
})

builder.mutationField('updateAccessKey', (t) =>
  t.field({
    type: UpdateAccessKeyPayload,
    nullable: true,
    description:
      'Activates or deactivates a key, or edits its description. A deactivated key is refused from the next request on.',
    args: { input: t.arg({ type: UpdateAccessKeyInput, required: true }) },
    access: [
      {
        action: 'iam:UpdateAccessKey',
        resource: (_parent, { input }) => user(input.userName),
        // A request that changes nothing is still judged, so that it tells nothing.
        when: (_parent, { input }) => input.status != null || input.description == null,
      },
      {
        action: 'iam:TagUser',
        resource: (_parent, { input }) => user(input.userName),
        when: (_parent, { input }) => input.description != null,
        keys: ({ input }) => requestTags([{ key: input.accessKeyId, value: input.description ?? '' }]),
      },
    ],
    resolve: (_parent, { input }, { call, budget }) => {
      // Whoever revokes what leaked is never held up.
      if (input.status !== 'INACTIVE') budget.draw('keyChanges', 1)
      return updateAccessKey(call, input)
    },
  }),
)

const DeleteAccessKeyInput = builder.inputType('DeleteAccessKeyInput', {
  fields: (t) => ({
    userName: t.string({ description: 'The caller when omitted.' }),
    accessKeyId: t.id({ required: true }),
    requireInactive: t.boolean({
      defaultValue: false,
      description: 'Refuse unless the key is INACTIVE, as the console does.',
    }),
  }),
})

const DeleteAccessKeyPayload = builder.objectRef<{ id: string }>('DeleteAccessKeyPayload').implement({
  fields: (t) => ({ deletedAccessKeyId: t.exposeID('id') }),
})

builder.mutationField('deleteAccessKey', (t) =>
  t.field({
    type: DeleteAccessKeyPayload,
    nullable: true,
    description: 'Deletes a key and its description for good.',
    args: { input: t.arg({ type: DeleteAccessKeyInput, required: true }) },
    access: { action: 'iam:DeleteAccessKey', resource: (_parent, { input }) => user(input.userName) },
    resolve: (_parent, { input }, { call }) => deleteAccessKey(call, input),
  }),
)

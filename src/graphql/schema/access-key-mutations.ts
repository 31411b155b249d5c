import { requestTags } from '../../access/context.ts'
import { user } from '../../access/declaration.ts'
import { createAccessKey } from '../../iam/access-keys/create-access-key.ts'
import { deleteAccessKey } from '../../iam/access-keys/delete-access-key.ts'
import { updateAccessKey } from '../../iam/access-keys/update-access-key.ts'
import { type InputFields, mutation } from '../operation.ts'
import { AccessKeyStatus, changedAccessKey } from './access-key.ts'

const userName = (t: InputFields) =>
  t.string({ description: 'Name of the IAM user who owns the key. Left out or null: the caller.' })
const owner = (input: { readonly userName?: string | null }) => user(input.userName)

/**
 * The tag's key is the id of a key that does not exist yet. Left out, `ForAllValues` conditions on `aws:TagKeys` would hold for
 * want of values and let a caller write tags that the policy keeps from it; patterns such as `AKIA*` mean every such id.
 */
const KEY_ID_TO_COME = 'AKIA0000000000000000'

mutation('createAccessKey', {
  description:
    'Creates an access key for a user. A user has at most two keys, inactive ones included: the second serves rotation, while the first still works.',
  input: (t) => ({
    userName: userName(t),
    description: t.string({
      description:
        'A note about the key, at most 256 characters. It is stored as a tag of the user whose key is the access key id. Left out, null or empty: no note.',
    }),
    clientToken: t.string({
      description:
        'Makes a retry safe: a second call with the same token within 24 hours returns the same key and secret and creates no other key. 1 to 128 printable ASCII characters without blanks. Left out or null: every call creates a key.',
    }),
  }),
  beyondAws: ['description', 'clientToken'],
  needs: [
    { action: 'iam:CreateAccessKey', on: owner },
    {
      action: 'iam:TagUser',
      on: owner,
      when: ({ description }) => Boolean(description),
      keys: ({ description }) => requestTags([{ key: KEY_ID_TO_COME, value: description ?? '' }]),
    },
  ],
  run(call, input, { budget }) {
    budget.draw('keyChanges', 1)
    return createAccessKey(call, input)
  },
  answer: (t) => ({
    accessKey: changedAccessKey(t, ({ accessKey }) => accessKey.id),
    secretAccessKey: t.exposeString('secretAccessKey', {
      description:
        'The secret. This is the only time that it is shown, but for a retry with the same `clientToken`: it is stored encrypted, and never logged.',
    }),
    csv: t.exposeString('csv', {
      description:
        'The key as a CSV file of two lines, a header and the values, as the console offers it for download.',
    }),
  }),
})

mutation('updateAccessKey', {
  description:
    'Activates or deactivates a key, or changes its description. A deactivated key is refused from the next request on. At least one of `status` and `description` must be given.',
  input: (t) => ({
    userName: userName(t),
    accessKeyId: t.id({ required: true }),
    status: t.field({
      type: AccessKeyStatus,
      description:
        'The new status; the status that the key already has is accepted. Left out or null: it does not change.',
    }),
    description: t.string({
      description:
        'A note about the key, at most 256 characters. It is stored as a tag of the user whose key is the access key id. An empty text removes it. Left out or null: it does not change.',
    }),
  }),
  beyondAws: ['description'],
  needs: [
    {
      action: 'iam:UpdateAccessKey',
      on: owner,
      // A request that changes nothing is still judged, so that it tells nothing.
      when: ({ status, description }) => status != null || description == null,
    },
    {
      action: 'iam:TagUser',
      on: owner,
      when: ({ description }) => description != null,
      keys: ({ accessKeyId, description }) => requestTags([{ key: accessKeyId, value: description ?? '' }]),
    },
  ],
  run(call, input, { budget }) {
    // Whoever revokes what leaked is never held up.
    if (input.status !== 'INACTIVE') budget.draw('keyChanges', 1)
    return updateAccessKey(call, input)
  },
  answer: (t) => ({ accessKey: changedAccessKey(t, ({ id }) => id) }),
})

mutation('deleteAccessKey', {
  description: 'Deletes an access key and its description. It cannot be undone.',
  input: (t) => ({
    userName: userName(t),
    accessKeyId: t.id({ required: true }),
    requireInactive: t.boolean({
      defaultValue: false,
      description:
        'True: refuse unless the key is INACTIVE, as the console does. False or null: delete active keys, too.',
    }),
  }),
  beyondAws: ['requireInactive'],
  needs: { action: 'iam:DeleteAccessKey', on: owner },
  run: deleteAccessKey,
  answer: (t) => ({ deletedAccessKeyId: t.exposeID('id') }),
})

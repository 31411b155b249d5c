import { requestTags } from '../../access/context.ts'
import { user } from '../../access/declaration.ts'
import { createAccessKey } from '../../iam/access-keys/create-access-key.ts'
import { deleteAccessKey } from '../../iam/access-keys/delete-access-key.ts'
import { updateAccessKey } from '../../iam/access-keys/update-access-key.ts'
import { type InputFields, mutation } from '../operation.ts'
import { AccessKeyStatus, changedAccessKey } from './access-key.ts'

const userName = (t: InputFields) => t.string({ description: 'The caller when omitted.' })
const owner = (input: { readonly userName?: string | null }) => user(input.userName)

/**
 * The tag's key is the id of a key that does not exist yet. Left out, `ForAllValues` conditions on `aws:TagKeys` would hold for
 * want of values and let a caller write tags that the policy keeps from it; patterns such as `AKIA*` mean every such id.
 */
const KEY_ID_TO_COME = 'AKIA0000000000000000'

mutation('createAccessKey', {
  description: 'Makes a second key while the first one works, for rotation. Two keys at most; inactive ones count.',
  input: (t) => ({
    userName: userName(t),
    description: t.string({ description: "Kept as the user's tag whose key is the access key id." }),
    clientToken: t.string({
      description:
        'Makes a retry safe: the same token within 24 hours answers with the same key and secret instead of a second key.',
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
      description: 'Shown this once. Never stored readable, never logged, never returned again.',
    }),
    csv: t.exposeString('csv', { description: 'The two-line .csv file that the console offers for download.' }),
  }),
})

mutation('updateAccessKey', {
  description:
    'Activates or deactivates a key, or edits its description. A deactivated key is refused from the next request on.',
  input: (t) => ({
    userName: userName(t),
    accessKeyId: t.id({ required: true }),
    status: t.field({ type: AccessKeyStatus }),
    description: t.string({ description: 'An empty text removes the description.' }),
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
  description: 'Deletes a key and its description for good.',
  input: (t) => ({
    userName: userName(t),
    accessKeyId: t.id({ required: true }),
    requireInactive: t.boolean({
      defaultValue: false,
      description: 'Refuse unless the key is INACTIVE, as the console does.',
    }),
  }),
  beyondAws: ['requireInactive'],
  needs: { action: 'iam:DeleteAccessKey', on: owner },
  run: deleteAccessKey,
  answer: (t) => ({ deletedAccessKeyId: t.exposeID('id') }),
})

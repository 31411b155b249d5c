import { everything, keyOwner } from '../../access/declaration.ts'
import { accountOfAccessKey } from '../../iam/access-keys/account-of-access-key.ts'
import { getAccessKey } from '../../iam/access-keys/read-access-keys.ts'
import { builder } from '../builder.ts'
import { localId } from '../global-id.ts'
import { AccessKey } from './access-key.ts'

builder.queryField('accessKey', (t) =>
  t.prismaField({
    type: AccessKey,
    nullable: true,
    description: 'An access key of the account, with its owner. NoSuchEntity when the account has no such key.',
    args: { id: t.arg.id({ required: true, description: 'The access key id, `AKIA…`, or the global id of the key.' }) },
    access: { action: 'iam:GetAccessKeyLastUsed', resource: (_parent, { id }) => keyOwner(localId('AccessKey', id)) },
    resolve: (query, _parent, { id }, context) =>
      getAccessKey(context, { accessKeyId: localId('AccessKey', id) }, query),
  }),
)

const AccessKeyInfo = builder.objectRef<{ accountId: string }>('AccessKeyInfo').implement({
  description: 'The account that an access key belongs to. It does not tell whether the key is active or exists.',
  fields: (t) => ({ accountId: t.exposeID('accountId', { description: 'Twelve digits.' }) }),
})

builder.queryField('accessKeyInfo', (t) =>
  t.field({
    type: AccessKeyInfo,
    nullable: true,
    description:
      'The account that an access key id belongs to, whether the key is active, inactive or deleted. Ids of temporary credentials, `ASIA…`, are accepted, too.',
    args: { id: t.arg.id({ required: true, description: 'An access key id, `AKIA…` or `ASIA…`.' }) },
    access: { action: 'sts:GetAccessKeyInfo', resource: () => everything() },
    resolve: async (_parent, { id }, context) => ({
      accountId: await accountOfAccessKey(context, { accessKeyId: id }),
    }),
  }),
)

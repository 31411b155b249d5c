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
    description: 'A key of this account by its access key id, `AKIA…`, or by its global id: finds the owner of a key.',
    args: { id: t.arg.id({ required: true }) },
    access: { action: 'iam:GetAccessKeyLastUsed', resource: (_parent, { id }) => keyOwner(localId('AccessKey', id)) },
    resolve: (query, _parent, { id }, context) =>
      getAccessKey(context, { accessKeyId: localId('AccessKey', id) }, query),
  }),
)

const AccessKeyInfo = builder.objectRef<{ accountId: string }>('AccessKeyInfo').implement({
  description: 'Tells the account of a key, never its state.',
  fields: (t) => ({ accountId: t.exposeID('accountId') }),
})

builder.queryField('accessKeyInfo', (t) =>
  t.field({
    type: AccessKeyInfo,
    nullable: true,
    description: 'The account that an access key id belongs to, whether the key is active, inactive or deleted.',
    args: { id: t.arg.id({ required: true }) },
    access: { action: 'sts:GetAccessKeyInfo', resource: () => everything() },
    resolve: async (_parent, { id }, { db }) => ({ accountId: await accountOfAccessKey(db, id) }),
  }),
)

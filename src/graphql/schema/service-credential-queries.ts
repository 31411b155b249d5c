import { everyUser, user } from '../../access/declaration.ts'
import { listServiceSpecificCredentials } from '../../iam/service-credentials/read-service-credentials.ts'
import { builder } from '../builder.ts'
import { nodesOf } from '../page.ts'
import { ServiceSpecificCredential, ServiceSpecificCredentialConnection } from './service-credential.ts'

builder.queryField('serviceSpecificCredentials', (t) =>
  t.connection(
    {
      type: ServiceSpecificCredential,
      nullable: true,
      description:
        'The service-specific credentials of a user, or of all users of the account, ordered by id. Those of all users need the permission on all users.',
      args: {
        userName: t.arg.string({
          description: 'Name of an IAM user, without regard to case. Left out or null: the caller.',
        }),
        serviceName: t.arg.string({
          description: 'Lists only credentials for this service. Left out or null: for all services.',
        }),
        allUsers: t.arg.boolean({
          description:
            'True: lists the credentials of all users; not together with `userName`. Left out, null or false: of one user.',
        }),
      },
      access: {
        action: 'iam:ListServiceSpecificCredentials',
        resource: (_parent, { userName, allUsers }) => (allUsers === true ? everyUser() : user(userName)),
      },
      resolve: (_parent, args, context, info) => listServiceSpecificCredentials(context, args, nodesOf(context, info)),
    },
    ServiceSpecificCredentialConnection,
  ),
)

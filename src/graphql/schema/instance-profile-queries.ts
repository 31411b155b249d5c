import { listOf, role } from '../../access/declaration.ts'
import {
  getInstanceProfile,
  listInstanceProfiles,
  listInstanceProfilesForRole,
  listInstanceProfileTags,
} from '../../iam/instance-profiles/read-instance-profiles.ts'
import { builder } from '../builder.ts'
import { nodesOf } from '../page.ts'
import { InstanceProfile, InstanceProfileConnection, INSTANCE_PROFILE } from './instance-profile.ts'
import { Tag } from './tag.ts'

builder.queryField('instanceProfile', (t) =>
  t.prismaField({
    type: InstanceProfile,
    nullable: true,
    description: 'An instance profile by name.',
    args: { name: t.arg.string({ required: true, description: 'The name of the instance profile, in any case.' }) },
    access: { action: 'iam:GetInstanceProfile', resource: (_parent, { name }) => INSTANCE_PROFILE.named(name) },
    resolve: (query, _parent, { name }, context) => getInstanceProfile(context, { instanceProfileName: name }, query),
  }),
)

builder.queryField('instanceProfiles', (t) =>
  t.connection(
    {
      type: InstanceProfile,
      nullable: true,
      description: 'The instance profiles of the account by name, without regard to case.',
      args: { pathPrefix: t.arg.string() },
      access: {
        action: 'iam:ListInstanceProfiles',
        resource: (_parent, { pathPrefix }) => listOf('instance-profile', pathPrefix),
      },
      resolve: (_parent, args, context, info) => listInstanceProfiles(context, args, nodesOf(context, info)),
    },
    InstanceProfileConnection,
  ),
)

builder.queryField('instanceProfilesForRole', (t) =>
  t.prismaField({
    type: [InstanceProfile],
    nullable: true,
    description: 'The instance profiles that a role is in, by name.',
    args: { roleName: t.arg.string({ required: true }) },
    access: { action: 'iam:ListInstanceProfilesForRole', resource: (_parent, { roleName }) => role(roleName) },
    resolve: (query, _parent, args, context) => listInstanceProfilesForRole(context, args, query),
  }),
)

builder.queryField('instanceProfileTags', (t) =>
  t.field({
    type: [Tag],
    nullable: true,
    description: 'The tags of an instance profile by key.',
    args: { instanceProfileName: t.arg.string({ required: true }) },
    access: {
      action: 'iam:ListInstanceProfileTags',
      resource: (_parent, { instanceProfileName }) => INSTANCE_PROFILE.named(instanceProfileName),
    },
    resolve: (_parent, args, context) => listInstanceProfileTags(context, args),
  }),
)

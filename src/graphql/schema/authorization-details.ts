import { everything } from '../../access/declaration.ts'
import {
  groupDetails,
  managedPolicyDetails,
  roleDetails,
  userDetails,
} from '../../iam/reports/authorization-details.ts'
import { DETAIL_FILTERS, pageOfDetails } from '../../iam/reports/page-of-details.ts'
import { builder } from '../builder.ts'
import { GroupDetail, ManagedPolicyDetail, RoleDetail, UserDetail } from './authorization-detail.ts'

const UserDetailConnection = builder.connectionObject(
  { type: UserDetail, name: 'UserDetailConnection' },
  { name: 'UserDetailEdge' },
)
const GroupDetailConnection = builder.connectionObject(
  { type: GroupDetail, name: 'GroupDetailConnection' },
  { name: 'GroupDetailEdge' },
)
const RoleDetailConnection = builder.connectionObject(
  { type: RoleDetail, name: 'RoleDetailConnection' },
  { name: 'RoleDetailEdge' },
)
const ManagedPolicyDetailConnection = builder.connectionObject(
  { type: ManagedPolicyDetail, name: 'ManagedPolicyDetailConnection' },
  { name: 'ManagedPolicyDetailEdge' },
)

const AuthorizationDetail = builder.unionType('AuthorizationDetail', {
  description: 'A user, group, role or managed policy with everything that decides about permissions.',
  types: [UserDetail, GroupDetail, RoleDetail, ManagedPolicyDetail],
  resolveType: (row) => ('kind' in row && typeof row.kind === 'string' ? `${row.kind}Detail` : undefined),
})
const AuthorizationDetailConnection = builder.connectionObject(
  { type: AuthorizationDetail, name: 'AuthorizationDetailConnection' },
  { name: 'AuthorizationDetailEdge' },
)
const AuthorizationDetailFilter = builder.enumType('AuthorizationDetailFilter', {
  description:
    'A kind of entity. LOCAL_MANAGED_POLICY: managed policies of the account. AWS_MANAGED_POLICY: built-in managed policies that are in use.',
  values: DETAIL_FILTERS,
})

/** What is not selected is not read: that is IAM's `Filter`. */
const AccountAuthorizationDetails = builder.objectRef<{ accountId: string }>('AccountAuthorizationDetails').implement({
  description:
    'Users, groups, roles and managed policies of the account with all policy documents. Each list has pages of its own.',
  fields: (t) => ({
    userDetailList: t.connection(
      {
        type: UserDetail,
        nullable: true,
        description: 'The IAM users by name.',
        access: 'parent',
        resolve: (_details, args, context) => userDetails(context, args),
      },
      UserDetailConnection,
    ),
    groupDetailList: t.connection(
      {
        type: GroupDetail,
        nullable: true,
        description: 'The groups by name.',
        access: 'parent',
        resolve: (_details, args, context) => groupDetails(context, args),
      },
      GroupDetailConnection,
    ),
    roleDetailList: t.connection(
      {
        type: RoleDetail,
        nullable: true,
        description: 'The roles by name.',
        access: 'parent',
        resolve: (_details, args, context) => roleDetails(context, args),
      },
      RoleDetailConnection,
    ),
    details: t.connection(
      {
        type: AuthorizationDetail,
        nullable: true,
        description:
          'Entities of all kinds in one list, as IAM pages them: users, then groups, roles and managed policies. Pages go forwards only: `last` and `before` are refused.',
        access: 'parent',
        args: {
          filter: t.arg({
            type: [AuthorizationDetailFilter],
            description: 'Lists only entities of these kinds. Left out, null or empty: all kinds.',
          }),
        },
        resolve: (_details, args, context) => pageOfDetails(context, args),
      },
      AuthorizationDetailConnection,
    ),
    policies: t.connection(
      {
        type: ManagedPolicyDetail,
        nullable: true,
        description: 'The managed policies by name: those of the account, and built-in ones that are in use.',
        access: 'parent',
        resolve: (_details, args, context) => managedPolicyDetails(context, args),
      },
      ManagedPolicyDetailConnection,
    ),
  }),
})

builder.queryField('accountAuthorizationDetails', (t) =>
  t.field({
    type: AccountAuthorizationDetails,
    nullable: true,
    description: 'Everything in the account that decides about permissions.',
    access: { action: 'iam:GetAccountAuthorizationDetails', resource: () => everything() },
    resolve: (_parent, _args, { principal }) => ({ accountId: principal.accountId }),
  }),
)

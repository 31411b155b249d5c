import { everything, principal } from '../../access/declaration.ts'
import { CONTEXT_KEY_TYPES } from '../../iam/simulation/context-entries.ts'
import { contextKeysForCustomPolicy, contextKeysForPrincipalPolicy } from '../../iam/simulation/context-keys.ts'
import { ATTACHMENT_TYPES, EXCLUDED_TYPES } from '../../iam/simulation/policy-exclusions.ts'
import { type KnownAction as Known, knownActions } from '../../iam/simulation/known-actions.ts'
import { simulateCustomPolicy, simulatePrincipalPolicy } from '../../iam/simulation/simulate.ts'
import { builder } from '../builder.ts'
import { SimulationResult } from './simulation-result.ts'

const ContextKeyType = builder.enumType('ContextKeyType', {
  description:
    'Whether a condition key has one value or, with `_LIST`, a list of values. The rest of the name has no effect.',
  values: CONTEXT_KEY_TYPES,
})

const ContextEntryInput = builder.inputType('ContextEntryInput', {
  description: 'A condition key of a simulated request, and its values.',
  fields: (t) => ({
    contextKeyName: t.string({
      required: true,
      description: 'The condition key, for example `aws:MultiFactorAuthPresent`: 5 to 256 characters.',
    }),
    contextKeyValues: t.stringList({
      required: true,
      description:
        'Its values as texts, at most 1000. An empty list of a key with one value means that the request does not have the key.',
    }),
    contextKeyType: t.field({
      type: ContextKeyType,
      description:
        'Whether the key has one value or a list. Left out or null: a list when there are two values or more.',
    }),
  }),
})

const OrderedOrganizationPolicyInput = builder.inputType('OrderedOrganizationPolicyInput', {
  description: 'One level of an organization: its root, a unit, or the account.',
  fields: (t) => ({
    serviceControlPolicyInputList: t.field({
      type: ['PolicyDocument'],
      required: true,
      description: 'The service control policies of the level: 1 to 100.',
    }),
  }),
})

const SimulateCustomPolicyInput = builder.inputType('SimulateCustomPolicyInput', {
  fields: (t) => ({
    policyInputList: t.field({
      type: ['PolicyDocument'],
      required: true,
      description: 'The policies of the simulated principal, at most 100.',
    }),
    actionNames: t.stringList({ required: true }),
    resourceArns: t.stringList(),
    permissionsBoundaryPolicyInputList: t.field({
      type: ['PolicyDocument'],
      description: 'The permissions boundary of the simulated principal: at most one document. Left out or null: none.',
    }),
    orderedOrganizationPolicyInputList: t.field({
      type: [OrderedOrganizationPolicyInput],
      description:
        'Service control policies, level by level from the root of an organization to the account; at most seven levels. Each level must allow the request. Left out or null: no organization.',
    }),
    resourcePolicy: t.field({ type: 'PolicyDocument' }),
    resourceOwner: t.string(),
    callerArn: t.field({
      type: 'ARN',
      description:
        'ARN of the IAM user that the resource policy sees as the principal. It must be given when `resourcePolicy` is. Left out or null: none.',
    }),
    contextEntries: t.field({ type: [ContextEntryInput] }),
    resourceHandlingOption: t.string(),
  }),
})

builder.queryField('simulateCustomPolicy', (t) =>
  t.field({
    type: [SimulationResult],
    nullable: true,
    description:
      'Simulates requests under policies that are passed, without doing anything. The simulated requests have only the condition keys that are passed. The results are in the order of the actions.',
    args: { input: t.arg({ type: SimulateCustomPolicyInput, required: true }) },
    access: { action: 'iam:SimulateCustomPolicy', resource: () => everything() },
    resolve: (_parent, { input }, context) => simulateCustomPolicy(context.principal.accountId, input, context.budget),
  }),
)

const InlinePolicyIdentifierInput = builder.inputType('InlinePolicyIdentifierInput', {
  description: 'Inline policies of one name.',
  fields: (t) => ({
    policyName: t.string({ required: true, description: 'Name of the inline policy, letter by letter.' }),
    attachmentType: t.field({
      type: builder.enumType('PolicyAttachmentType', {
        description: 'The kind of entity that an inline policy is a part of.',
        values: ATTACHMENT_TYPES,
      }),
      required: true,
      description: 'Whether the policy is a part of a user, a group or a role.',
    }),
    attachmentName: t.string({
      required: true,
      description:
        'Name of the user, group or role. It can have one `*` for any characters, and `?` for any one character.',
    }),
  }),
})

const PolicyIdentifierInput = builder.inputType('PolicyIdentifierInput', {
  description: 'Policies that a simulation leaves out. Exactly one of the members must be given.',
  fields: (t) => ({
    policyType: t.field({
      type: builder.enumType('PolicyIdentifierType', {
        description:
          'A kind of policies. SCP and RCP, service and resource control policies, are accepted as in IAM and find nothing.',
        values: EXCLUDED_TYPES,
      }),
      description: 'All policies of this kind. Left out or null: `policyArn` or `inlinePolicyIdentifier` is given.',
    }),
    policyArn: t.string({
      description:
        'Managed policies of this ARN, permissions boundaries excepted. The name in it can have one `*` for any characters, and `?` for any one character. Left out or null: `policyType` or `inlinePolicyIdentifier` is given.',
    }),
    inlinePolicyIdentifier: t.field({
      type: InlinePolicyIdentifierInput,
      description: 'Inline policies of one name. Left out or null: `policyType` or `policyArn` is given.',
    }),
  }),
})

const SimulatePrincipalPolicyInput = builder.inputType('SimulatePrincipalPolicyInput', {
  fields: (t) => ({
    policySourceArn: t.field({ type: 'ARN', required: true }),
    policyInputList: t.field({
      type: ['PolicyDocument'],
      description: 'Further policies of the simulated principal, at most 100. Left out or null: none.',
    }),
    policyExclusionList: t.field({
      type: [PolicyIdentifierInput],
      description: 'Policies of the principal that are left out, at most 100 identifiers. Left out or null: none.',
    }),
    actionNames: t.stringList({ required: true }),
    resourceArns: t.stringList(),
    permissionsBoundaryPolicyInputList: t.field({
      type: ['PolicyDocument'],
      description:
        'A permissions boundary in place of the one that the principal has: at most one document. Left out or null: the one that it has.',
    }),
    resourcePolicy: t.field({ type: 'PolicyDocument' }),
    resourceOwner: t.string(),
    callerArn: t.field({
      type: 'ARN',
      description:
        'ARN of the IAM user that the resource policy sees as the principal. Left out or null: the user of `policySourceArn`.',
    }),
    contextEntries: t.field({ type: [ContextEntryInput] }),
    resourceHandlingOption: t.string(),
  }),
})

builder.queryField('simulatePrincipalPolicy', (t) =>
  t.field({
    type: [SimulationResult],
    nullable: true,
    description:
      'Simulates requests under the policies of a user and its groups, of a group or of a role, without doing anything. The simulated requests have only the condition keys that are passed. The results are in the order of the actions.',
    args: { input: t.arg({ type: SimulatePrincipalPolicyInput, required: true }) },
    access: {
      action: 'iam:SimulatePrincipalPolicy',
      resource: (_parent, { input }) => principal(input.policySourceArn),
    },
    resolve: (_parent, { input }, context) =>
      simulatePrincipalPolicy(context.db, context.principal.accountId, input, context.budget),
  }),
)

const ContextKeysForCustomPolicyInput = builder.inputType('ContextKeysForCustomPolicyInput', {
  fields: (t) => ({
    policyInputList: t.field({ type: ['PolicyDocument'], required: true, description: 'The policies, at most 100.' }),
  }),
})

builder.queryField('contextKeysForCustomPolicy', (t) =>
  t.stringList({
    nullable: true,
    description: 'The condition keys that policies use, for `contextEntries` of a simulation.',
    args: { input: t.arg({ type: ContextKeysForCustomPolicyInput, required: true }) },
    access: { action: 'iam:GetContextKeysForCustomPolicy', resource: () => everything() },
    resolve: (_parent, { input }) => contextKeysForCustomPolicy(input.policyInputList),
  }),
)

const ContextKeysForPrincipalPolicyInput = builder.inputType('ContextKeysForPrincipalPolicyInput', {
  fields: (t) => ({
    policySourceArn: t.field({ type: 'ARN', required: true }),
    policyInputList: t.field({
      type: ['PolicyDocument'],
      description: 'Further policies, at most 100. Left out or null: none.',
    }),
  }),
})

builder.queryField('contextKeysForPrincipalPolicy', (t) =>
  t.stringList({
    nullable: true,
    description:
      'The condition keys that the policies of a user and its groups, of a group or of a role use, for `contextEntries` of a simulation.',
    args: { input: t.arg({ type: ContextKeysForPrincipalPolicyInput, required: true }) },
    access: {
      action: 'iam:GetContextKeysForPrincipalPolicy',
      resource: (_parent, { input }) => principal(input.policySourceArn),
    },
    resolve: (_parent, { input }, context) =>
      contextKeysForPrincipalPolicy(context.db, context.principal.accountId, input, context.budget),
  }),
)

const KnownAction = builder.objectRef<Known>('KnownAction').implement({
  description: 'An action that is known by name. Actions that are not known can be simulated, too.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The action, for example `iam:CreateAccessKey`.' }),
    accessLevel: t.exposeString('accessLevel', {
      nullable: true,
      description: '`List`, `Read`, `Write`, `Permissions management` or `Tagging`; null when it is not known.',
    }),
    resourceArns: t.exposeStringList('resourceArns', {
      nullable: true,
      description:
        'Patterns of the ARNs that the permission for the action is checked on; null when they are not known.',
    }),
  }),
})

builder.queryField('knownActions', (t) =>
  t.field({
    type: [KnownAction],
    nullable: true,
    description: 'All actions that fields of this server need, and all other actions of IAM and STS, ordered by name.',
    access: 'authenticated',
    resolve: () => knownActions(),
  }),
)

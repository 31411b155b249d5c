import { everything, principal } from '../../access/declaration.ts'
import { CONTEXT_KEY_TYPES } from '../../iam/simulation/context-entries.ts'
import { contextKeysForCustomPolicy, contextKeysForPrincipalPolicy } from '../../iam/simulation/context-keys.ts'
import { ATTACHMENT_TYPES, EXCLUDED_TYPES } from '../../iam/simulation/policy-exclusions.ts'
import { type KnownAction as Known, knownActions } from '../../iam/simulation/known-actions.ts'
import { simulateCustomPolicy, simulatePrincipalPolicy } from '../../iam/simulation/simulate.ts'
import { builder } from '../builder.ts'
import { SimulationResult } from './simulation-result.ts'

const ContextKeyType = builder.enumType('ContextKeyType', { values: CONTEXT_KEY_TYPES })

const ContextEntryInput = builder.inputType('ContextEntryInput', {
  fields: (t) => ({
    contextKeyName: t.string({ required: true, description: 'For example `aws:MultiFactorAuthPresent`.' }),
    contextKeyValues: t.stringList({ required: true }),
    contextKeyType: t.field({
      type: ContextKeyType,
      description: 'Whether the key has one value or a list; told from the number of values when left out.',
    }),
  }),
})

const OrderedOrganizationPolicyInput = builder.inputType('OrderedOrganizationPolicyInput', {
  description: 'One level of an organization: its root, a unit, or the account.',
  fields: (t) => ({
    serviceControlPolicyInputList: t.field({ type: ['PolicyDocument'], required: true, description: 'At least one.' }),
  }),
})

const SimulateCustomPolicyInput = builder.inputType('SimulateCustomPolicyInput', {
  fields: (t) => ({
    policyInputList: t.field({ type: ['PolicyDocument'], required: true }),
    actionNames: t.stringList({ required: true, description: 'Without wildcards.' }),
    resourceArns: t.stringList({ description: '`*` when left out.' }),
    permissionsBoundaryPolicyInputList: t.field({ type: ['PolicyDocument'], description: 'At most one.' }),
    orderedOrganizationPolicyInputList: t.field({
      type: [OrderedOrganizationPolicyInput],
      description:
        'Service control policies from the root of an organization to the account: each level has to allow what is asked.',
    }),
    resourcePolicy: t.field({ type: 'PolicyDocument' }),
    resourceOwner: t.string({ description: 'Account of resources whose ARN names none.' }),
    callerArn: t.field({ type: 'ARN', description: 'The user that the resource policy sees; needed beside one.' }),
    contextEntries: t.field({ type: [ContextEntryInput] }),
    resourceHandlingOption: t.string({ description: 'Concerns EC2 only: it changes nothing here.' }),
  }),
})

builder.queryField('simulateCustomPolicy', (t) =>
  t.field({
    type: [SimulationResult],
    nullable: true,
    description:
      'Tries policies that nobody has. Only the keys given are in the request. Results in the order of the actions.',
    args: { input: t.arg({ type: SimulateCustomPolicyInput, required: true }) },
    access: { action: 'iam:SimulateCustomPolicy', resource: () => everything() },
    resolve: (_parent, { input }, context) => simulateCustomPolicy(context.principal.accountId, input, context.budget),
  }),
)

const InlinePolicyIdentifierInput = builder.inputType('InlinePolicyIdentifierInput', {
  fields: (t) => ({
    policyName: t.string({ required: true }),
    attachmentType: t.field({
      type: builder.enumType('PolicyAttachmentType', { values: ATTACHMENT_TYPES }),
      required: true,
    }),
    attachmentName: t.string({ required: true, description: 'At most one `*`; `?` is any one character.' }),
  }),
})

const PolicyIdentifierInput = builder.inputType('PolicyIdentifierInput', {
  description: 'Policies of a type, of an ARN, or inline: exactly one of the three.',
  fields: (t) => ({
    policyType: t.field({ type: builder.enumType('PolicyIdentifierType', { values: EXCLUDED_TYPES }) }),
    policyArn: t.string({ description: 'At most one `*` in the name; `?` is any one character.' }),
    inlinePolicyIdentifier: t.field({ type: InlinePolicyIdentifierInput }),
  }),
})

const SimulatePrincipalPolicyInput = builder.inputType('SimulatePrincipalPolicyInput', {
  fields: (t) => ({
    policySourceArn: t.field({ type: 'ARN', required: true, description: 'A user, a group or a role.' }),
    policyInputList: t.field({ type: ['PolicyDocument'], description: 'Policies beside those of the principal.' }),
    policyExclusionList: t.field({
      type: [PolicyIdentifierInput],
      description: 'Policies of the principal that are left out, as if they were not attached.',
    }),
    actionNames: t.stringList({ required: true, description: 'Without wildcards.' }),
    resourceArns: t.stringList({ description: '`*` when left out.' }),
    permissionsBoundaryPolicyInputList: t.field({
      type: ['PolicyDocument'],
      description: 'At most one; it takes the place of the one that is attached.',
    }),
    resourcePolicy: t.field({ type: 'PolicyDocument' }),
    resourceOwner: t.string({ description: 'Account of resources whose ARN names none.' }),
    callerArn: t.field({ type: 'ARN', description: 'The user that the resource policy sees; by default the source.' }),
    contextEntries: t.field({ type: [ContextEntryInput] }),
    resourceHandlingOption: t.string({ description: 'Concerns EC2 only: it changes nothing here.' }),
  }),
})

builder.queryField('simulatePrincipalPolicy', (t) =>
  t.field({
    type: [SimulationResult],
    nullable: true,
    description:
      'Tries the policies of a user, its groups included, of a group or of a role. Only the keys given are in the request. Results in the order of the actions.',
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
  fields: (t) => ({ policyInputList: t.field({ type: ['PolicyDocument'], required: true }) }),
})

builder.queryField('contextKeysForCustomPolicy', (t) =>
  t.stringList({
    nullable: true,
    description: 'The condition keys that the policies ask for.',
    args: { input: t.arg({ type: ContextKeysForCustomPolicyInput, required: true }) },
    access: { action: 'iam:GetContextKeysForCustomPolicy', resource: () => everything() },
    resolve: (_parent, { input }) => contextKeysForCustomPolicy(input.policyInputList),
  }),
)

const ContextKeysForPrincipalPolicyInput = builder.inputType('ContextKeysForPrincipalPolicyInput', {
  fields: (t) => ({
    policySourceArn: t.field({ type: 'ARN', required: true, description: 'A user, a group or a role.' }),
    policyInputList: t.field({ type: ['PolicyDocument'] }),
  }),
})

builder.queryField('contextKeysForPrincipalPolicy', (t) =>
  t.stringList({
    nullable: true,
    description: 'The condition keys that the policies of a user, group or role ask for.',
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
  description: 'An action that is known by name. Those of other services can be simulated as well.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'For example `iam:CreateAccessKey`.' }),
    accessLevel: t.exposeString('accessLevel', {
      nullable: true,
      description: '`List`, `Read`, `Write`, `Permissions management` or `Tagging`; null where it is not known.',
    }),
    resourceArns: t.exposeStringList('resourceArns', {
      nullable: true,
      description: 'Patterns of the ARNs that it is judged on; null where they are not known.',
    }),
  }),
})

builder.queryField('knownActions', (t) =>
  t.field({
    type: [KnownAction],
    nullable: true,
    description: 'The actions that fields of this server need, and the others of IAM and STS, by name.',
    access: 'authenticated',
    resolve: () => knownActions(),
  }),
)

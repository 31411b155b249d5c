import { everything } from '../../access/declaration.ts'
import type { DenialReason as Reason } from '../../access/access-denied.ts'
import type { Verdict } from '../../access/verdict.ts'
import { detailsOf, outcomeOf } from '../../iam/audit/decision-details.ts'
import type {
  DecisionCondition as ConditionShape,
  DecisionContextEntry as ContextEntryShape,
  DecisionDetails,
  DecisionStatement as StatementShape,
} from '../../iam/audit/decision-shapes.ts'
import { breath } from '../../budget/index.ts'
import { decodeAuthorizationMessage } from '../../iam/sts/decode-authorization-message.ts'
import { getDecision } from '../../iam/audit/find-decision.ts'
import { builder } from '../builder.ts'
import type { GraphQLContext } from '../context.ts'

export const DecisionEffect = builder.enumType('DecisionEffect', {
  description: 'What policies say about a request.',
  values: {
    ALLOW: { description: 'The request is allowed.' },
    IMPLICIT_DENY: { description: 'The request is denied because no statement allows it.' },
    EXPLICIT_DENY: { description: 'The request is denied by a Deny statement.' },
  } as const,
})

export const DenialReason = builder.enumType('DenialReason', {
  description: 'The kind of policies that denied a request.',
  values: {
    NO_IDENTITY_POLICY: { description: 'No policy of the principal allows the request.' },
    IDENTITY_POLICY: { description: 'A policy of the principal, or of one of its groups, denies the request.' },
    PERMISSIONS_BOUNDARY: { description: 'The permissions boundary denies the request or does not allow it.' },
    SESSION_POLICY: { description: 'A session policy denies the request or does not allow it.' },
    RESOURCE_POLICY: {
      description: 'A policy of the resource, such as a trust policy, denies the request or does not allow it.',
    },
    ORGANIZATION_POLICY: {
      description:
        'A service control policy denies the request or does not allow it. Only in simulations: accounts of this server belong to no organization.',
    },
  } as const,
})

const DecisionContextEntry = builder.objectRef<ContextEntryShape>('DecisionContextEntry').implement({
  description: 'A condition key of a request and its values.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'The condition key, for example `aws:SourceIp`.' }),
    values: t.exposeStringList('values', { description: 'Its values, as texts.' }),
  }),
})

const DecisionCondition = builder.objectRef<ConditionShape>('DecisionCondition').implement({
  description: 'One condition of a statement, and whether it held.',
  fields: (t) => ({
    operator: t.exposeString('operator', { description: 'The operator as it is written, for example `StringEquals`.' }),
    key: t.exposeString('key', { description: 'The condition key, for example `aws:SourceIp`.' }),
    policyValues: t.exposeStringList('policyValues', { description: 'The values as the policy has them.' }),
    resolvedValues: t.field({
      type: ['String'],
      nullable: { list: false, items: true },
      description:
        'The values of the policy with variables replaced. A value is null when one of its variables has no value.',
      resolve: ({ resolvedValues }) => resolvedValues,
    }),
    requestValues: t.exposeStringList('requestValues', {
      nullable: true,
      description: 'The values of the key in the request; null when the request does not have the key.',
    }),
    result: t.exposeBoolean('result', { description: 'Whether the condition held.' }),
    failure: t.exposeString('failure', {
      nullable: true,
      description:
        'Why the condition did not hold: `KEY_MISSING`, `VARIABLE_MISSING`, `NO_VALUE_MATCHED` or `EXCLUDED_VALUE_MATCHED`. Null when it held.',
    }),
  }),
})

export const DecisionStatement = builder.objectRef<StatementShape>('DecisionStatement').implement({
  description: 'A statement of a policy that is about the action, and whether it applied.',
  fields: (t) => ({
    layer: t.exposeString('layer', {
      description:
        'The part that the policy has in the decision: `identity`, `boundary`, `session`, `resource`, `trust` or `organization`.',
    }),
    policy: t.exposeString('policy', { description: 'The name of the policy.' }),
    policyArn: t.field({
      type: 'ARN',
      nullable: true,
      description: 'ARN of a managed policy; null for other policies.',
      resolve: ({ policyArn }) => policyArn,
    }),
    policyType: t.exposeString('policyType', {
      description:
        'Where the policy comes from: `user-inline`, `group-inline`, `role-inline`, `managed`, `boundary`, `session`, `resource`, `trust`, `custom` or `organization`.',
    }),
    sid: t.exposeString('sid', { nullable: true, description: 'The `Sid` of the statement; null when it has none.' }),
    effect: t.exposeString('effect', { description: '`Allow` or `Deny`.' }),
    line: t.exposeInt('line', {
      description: "Line of the opening brace of the statement in the policy's text, counted from 1.",
    }),
    column: t.exposeInt('column', {
      description: "Column of the opening brace of the statement in the policy's text, counted from 1.",
    }),
    matched: t.exposeBoolean('matched', { description: 'Whether the statement applied to the request.' }),
    failed: t.exposeStringList('failed', {
      description:
        'Which elements kept the statement from applying: `principal`, `resource`, `condition`. Empty when it applied.',
    }),
    conditions: t.field({
      type: [DecisionCondition],
      description: 'The conditions of the statement.',
      access: 'parent',
      resolve: ({ conditions }) => conditions,
    }),
  }),
})

/** A verdict of this moment or one that was recorded. */
interface DecisionShape {
  readonly id: string
  readonly effect: typeof DecisionEffect.$inferType
  readonly reason: Reason | null
  readonly principal: string
  readonly action: string
  readonly resource: string
  readonly mfaRequired: boolean
  readonly message: string | null
  readonly details: () => DecisionDetails
}

/** Explanations that were paid for. */
const paidFor = new WeakSet<DecisionShape>()

/** An explanation, drawn once however many of its fields are asked for; others have their turn before. Throws OverBudget. */
async function explained(
  decision: DecisionShape,
  { budget }: Pick<GraphQLContext, 'budget'>,
): Promise<DecisionDetails> {
  if (!paidFor.has(decision)) {
    budget.draw('decisions', 1)
    paidFor.add(decision)
  }
  for (let turn = breath(); turn !== null; turn = breath()) await turn
  return decision.details()
}

/** What the policies say about one question. */
export const Decision = builder.objectRef<DecisionShape>('Decision').implement({
  description: 'What the policies say about one request, and why.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the decision; audit events and errors call it `decisionId`.' }),
    allowed: t.boolean({ description: 'Whether `effect` is ALLOW.', resolve: ({ effect }) => effect === 'ALLOW' }),
    effect: t.expose('effect', { type: DecisionEffect }),
    reason: t.expose('reason', {
      type: DenialReason,
      nullable: true,
      description: 'Which kind of policies denied the request; null when it is allowed.',
    }),
    principal: t.expose('principal', { type: 'ARN', description: 'ARN of the caller.' }),
    action: t.exposeString('action', { description: 'For example `iam:CreateAccessKey`.' }),
    resource: t.exposeString('resource', { description: 'The ARN that the permission was checked on, or `*`.' }),
    mfaRequired: t.exposeBoolean('mfaRequired', {
      description:
        'True when the request is denied and would be allowed right after authentication with MFA; false otherwise.',
    }),
    message: t.exposeString('message', {
      nullable: true,
      description: 'The message of the error AccessDenied; null when the request is allowed.',
    }),
    context: t.field({
      type: [DecisionContextEntry],
      nullable: true,
      description: 'The condition keys of the request and their values.',
      access: { action: 'sts:DecodeAuthorizationMessage', resource: () => everything() },
      resolve: async (decision, _args, context) => (await explained(decision, context)).context,
    }),
    statements: t.field({
      type: [DecisionStatement],
      nullable: true,
      description: 'Every statement about the action that the decision looked at, whether it applied or not.',
      access: { action: 'sts:DecodeAuthorizationMessage', resource: () => everything() },
      resolve: async (decision, _args, context) => (await explained(decision, context)).statements,
    }),
    missingContextValues: t.stringList({
      nullable: true,
      description: 'Condition keys that the statements about the action use and that the request did not have.',
      access: { action: 'sts:DecodeAuthorizationMessage', resource: () => everything() },
      resolve: async (decision, _args, context) => (await explained(decision, context)).missingContextValues,
    }),
    cut: t.string({
      nullable: true,
      description:
        'What is missing in `context`, `statements` and `missingContextValues` because the record would have been too large, for example `…[cut: 40 statements]`. Null when nothing is missing.',
      resolve: async (decision, _args, context) => (await explained(decision, context)).cut ?? null,
    }),
  }),
})

/** A verdict as a decision; its id is made only when somebody asks for it. */
export function decisionOf(verdict: Verdict): DecisionShape {
  const { principal, action, publicArn, mfaRequired } = verdict
  let details: DecisionDetails | undefined
  return {
    get id() {
      return verdict.id
    },
    ...outcomeOf(verdict),
    principal: principal.arn,
    action,
    resource: publicArn,
    mfaRequired,
    details: () => (details ??= detailsOf(verdict)),
  }
}

builder.queryField('decision', (t) =>
  t.field({
    type: Decision,
    nullable: true,
    description:
      'A recorded decision: why a call was denied, or why a change was allowed. Decisions are kept for 90 days.',
    args: {
      id: t.arg.id({ required: true, description: 'The `decisionId` of an AccessDenied error or of an audit event.' }),
    },
    access: { action: 'sts:DecodeAuthorizationMessage', resource: () => everything() },
    resolve: async (_parent, args, context) => {
      const { details, ...decision } = await getDecision(context, args)
      return { ...decision, details: () => details }
    },
  }),
)

builder.queryField('decodeAuthorizationMessage', (t) =>
  t.string({
    nullable: true,
    description:
      'A recorded decision as JSON text, in the form that DecodeAuthorizationMessage of STS has. Decisions are kept for 90 days.',
    args: {
      encodedMessage: t.arg.string({
        required: true,
        description: 'The `decisionId` of an AccessDenied error or of an audit event.',
      }),
    },
    access: { action: 'sts:DecodeAuthorizationMessage', resource: () => everything() },
    resolve: (_parent, args, context) => decodeAuthorizationMessage(context, args),
  }),
)

export const AccessCheck = builder.inputType('AccessCheck', {
  description: 'A question to the policies of the caller: an action and what it would be done to.',
  fields: (t) => ({
    action: t.string({ required: true, description: 'The action, for example `iam:CreateAccessKey`; no wildcards.' }),
    resource: t.string({
      description:
        'An ARN of at most 2048 characters, or `*`. Left out or null: the caller itself for actions on users, otherwise the resource that the permission for the action is checked on.',
    }),
  }),
})

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
  values: ['ALLOW', 'IMPLICIT_DENY', 'EXPLICIT_DENY'] as const,
})

export const DenialReason = builder.enumType('DenialReason', {
  description: '`ORGANIZATION_POLICY` only in simulations: accounts here belong to no organization.',
  values: [
    'NO_IDENTITY_POLICY',
    'IDENTITY_POLICY',
    'PERMISSIONS_BOUNDARY',
    'SESSION_POLICY',
    'RESOURCE_POLICY',
    'ORGANIZATION_POLICY',
  ] as const,
})

const DecisionContextEntry = builder.objectRef<ContextEntryShape>('DecisionContextEntry').implement({
  fields: (t) => ({ key: t.exposeString('key'), values: t.exposeStringList('values') }),
})

const DecisionCondition = builder.objectRef<ConditionShape>('DecisionCondition').implement({
  fields: (t) => ({
    operator: t.exposeString('operator'),
    key: t.exposeString('key'),
    policyValues: t.exposeStringList('policyValues', { description: 'As they are written.' }),
    resolvedValues: t.field({
      type: ['String'],
      nullable: { list: false, items: true },
      description: 'With variables replaced; null where one had no value.',
      resolve: ({ resolvedValues }) => resolvedValues,
    }),
    requestValues: t.exposeStringList('requestValues', {
      nullable: true,
      description: 'Null when the request did not carry the key.',
    }),
    result: t.exposeBoolean('result'),
    failure: t.exposeString('failure', {
      nullable: true,
      description:
        '`KEY_MISSING`, `VARIABLE_MISSING`, `NO_VALUE_MATCHED` or `EXCLUDED_VALUE_MATCHED`; null when it held.',
    }),
  }),
})

export const DecisionStatement = builder.objectRef<StatementShape>('DecisionStatement').implement({
  description: 'A statement about the action, whether it applied or not.',
  fields: (t) => ({
    layer: t.exposeString('layer', {
      description: '`identity`, `boundary`, `session`, `resource`, `trust` or `organization`.',
    }),
    policy: t.exposeString('policy', { description: 'The name of the policy.' }),
    policyArn: t.field({ type: 'ARN', nullable: true, resolve: ({ policyArn }) => policyArn }),
    policyType: t.exposeString('policyType', { description: 'For example `user-inline` or `managed`.' }),
    sid: t.exposeString('sid', { nullable: true }),
    effect: t.exposeString('effect', { description: '`Allow` or `Deny`.' }),
    line: t.exposeInt('line', { description: "Of the opening brace in the policy's text, from 1." }),
    column: t.exposeInt('column'),
    matched: t.exposeBoolean('matched'),
    failed: t.exposeStringList('failed', {
      description: 'What kept it from applying: `principal`, `resource`, `condition`.',
    }),
    conditions: t.field({ type: [DecisionCondition], access: 'parent', resolve: ({ conditions }) => conditions }),
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
  fields: (t) => ({
    id: t.exposeID('id'),
    allowed: t.boolean({ resolve: ({ effect }) => effect === 'ALLOW' }),
    effect: t.expose('effect', { type: DecisionEffect }),
    reason: t.expose('reason', {
      type: DenialReason,
      nullable: true,
      description: 'Which policies denied; null when allowed.',
    }),
    principal: t.expose('principal', { type: 'ARN' }),
    action: t.exposeString('action'),
    resource: t.exposeString('resource'),
    mfaRequired: t.exposeBoolean('mfaRequired', {
      description: 'True exactly when the same request with a fresh MFA code would be allowed.',
    }),
    message: t.exposeString('message', { nullable: true, description: 'The words of the denial; null when allowed.' }),
    context: t.field({
      type: [DecisionContextEntry],
      nullable: true,
      description: 'The condition keys of the request.',
      access: { action: 'sts:DecodeAuthorizationMessage', resource: () => everything() },
      resolve: async (decision, _args, context) => (await explained(decision, context)).context,
    }),
    statements: t.field({
      type: [DecisionStatement],
      nullable: true,
      description: 'Every statement about the action that the decision looked at.',
      access: { action: 'sts:DecodeAuthorizationMessage', resource: () => everything() },
      resolve: async (decision, _args, context) => (await explained(decision, context)).statements,
    }),
    missingContextValues: t.stringList({
      nullable: true,
      description: 'Condition keys that those statements use and that the request did not carry.',
      access: { action: 'sts:DecodeAuthorizationMessage', resource: () => everything() },
      resolve: async (decision, _args, context) => (await explained(decision, context)).missingContextValues,
    }),
    cut: t.string({
      nullable: true,
      description:
        'What was left out of the three above so that a record stays small, e.g. `…[cut: 40 statements]`; null when nothing was.',
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
      'What stood behind a denial, or behind a change that was allowed: the audit trail and errors name its id (`decisionId`). Kept for 90 days.',
    args: { id: t.arg.id({ required: true }) },
    access: { action: 'sts:DecodeAuthorizationMessage', resource: () => everything() },
    resolve: async (_parent, { id }, { db, principal }) => {
      const { details, ...decision } = await getDecision(db, principal.accountId, id)
      return { ...decision, details: () => details }
    },
  }),
)

builder.queryField('decodeAuthorizationMessage', (t) =>
  t.string({
    nullable: true,
    description:
      'The same as `decision`, in the JSON text that STS answers with. What is decoded is the `decisionId` of a denial, or of an event of the audit trail.',
    args: { encodedMessage: t.arg.string({ required: true }) },
    access: { action: 'sts:DecodeAuthorizationMessage', resource: () => everything() },
    resolve: (_parent, { encodedMessage }, { db, principal }) =>
      decodeAuthorizationMessage(db, principal.accountId, encodedMessage),
  }),
)

export const AccessCheck = builder.inputType('AccessCheck', {
  fields: (t) => ({
    action: t.string({ required: true, description: 'For example `iam:CreateAccessKey`.' }),
    resource: t.string({
      description: 'An ARN, or `*`. Absent: the caller itself for actions on users, else what the action is judged on.',
    }),
  }),
})

import type { DecisionCondition, DecisionContextEntry, DecisionStatement } from '../audit/decision-shapes.ts'
import { findDecision, type RecordedDecision } from '../audit/find-decision.ts'
import type { AccountRead } from '../call.ts'
import { IamError } from '../errors.ts'
import { checkStsConstraints } from './sts-constraints.ts'

/**
 * The JSON text behind an `AccessDenied` (AWS STS API reference, DecodeAuthorizationMessage). What STS encodes into the message
 * is here the `decisionId` of the error, or of an event of the audit trail: the details are in the database, for 90 days.
 * Throws InvalidAuthorizationMessageException for what is no such id, or one of another account; ValidationError.
 */
export async function decodeAuthorizationMessage(
  { db, principal }: AccountRead,
  { encodedMessage }: { readonly encodedMessage: string },
): Promise<string> {
  checkStsConstraints({ encodedMessage })
  const decision = await findDecision(db, principal.accountId, encodedMessage)
  if (decision === null) throw new IamError('InvalidAuthorizationMessageException', 'Message is not valid')
  return JSON.stringify(decodedMessage(decision))
}

function decodedMessage({ effect, principal, action, resource, details }: RecordedDecision) {
  const { context, statements } = details
  const explicitDeny = effect === 'EXPLICIT_DENY'
  // An explicit deny is explained by the statements that deny.
  const matched = statements.filter((one) => one.matched && (!explicitDeny || one.effect === 'Deny'))
  const id = context.find(({ key }) => key === 'aws:userid')?.values[0] ?? ''
  return {
    allowed: effect === 'ALLOW',
    explicitDeny,
    matchedStatements: items(matched.map((statement) => statementOf(statement, id))),
    failures: items([]),
    context: {
      principal: { id, arn: principal },
      action,
      resource,
      conditions: items(context.map(conditionOf)),
    },
  }
}

/** The principal that the statement applied to, by unique id; for a session, the unique id of the role. */
function statementOf({ sid, effect, actions, resources, conditions }: DecisionStatement, principalId: string) {
  return {
    statementId: sid ?? '',
    effect: effect.toUpperCase(),
    principals: items([valueOf(principalId.replace(/^(AROA\w+):.*/s, '$1'))]),
    principalGroups: items([]),
    actions: items((actions ?? []).map(valueOf)),
    resources: items((resources ?? []).map(valueOf)),
    conditions: items(conditions.map(policyConditionOf)),
  }
}

function policyConditionOf({ key, policyValues }: DecisionCondition) {
  return { key, values: items(policyValues.map(valueOf)) }
}

function conditionOf({ key, values }: DecisionContextEntry) {
  return { key, values: items(values.map(valueOf)) }
}

function valueOf(value: string) {
  return { value }
}

function items<T>(list: readonly T[]) {
  return { items: list }
}

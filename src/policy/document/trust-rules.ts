import { checkDates, checkPrincipals, checkSids, readsFromItsFirstCharacter } from './common-rules.ts'
import { refuse } from './refusal.ts'
import type { StatementStructure, Structure } from './structure.ts'

/** The rules for role trust policies: they name who may assume the role, and nothing but that. Throws Refusal. */
export function checkTrustRules(structure: Structure, stored: boolean): void {
  const { statements } = structure
  if (!stored && !readsFromItsFirstCharacter(structure)) {
    refuse('JSON strings must not have leading spaces', { start: 0, path: '$' })
  }
  if (!stored) for (const { conditions } of statements) checkDates(conditions)
  checkSids(statements, 'The Statement Ids in the policy are not unique')
  for (const statement of statements) {
    checkEffect(statement)
    checkPrincipal(statement, stored)
    checkActions(statement)
    if (statement.resource !== undefined) refuse('Has prohibited field Resource', statement.resource.node)
    if (statement.notResource !== undefined) {
      refuse('AssumeRole policy must not contain resources.', statement.notResource.node)
    }
  }
}

function checkEffect({ node, effect }: StatementStructure): void {
  if (effect === undefined) refuse('Missing required field Effect', node)
  if (effect.value !== 'Allow' && effect.value !== 'Deny') refuse(`Invalid effect: ${effect.value}`, effect)
}

function checkPrincipal({ node, effect, principal, notPrincipal }: StatementStructure, stored: boolean): void {
  if (notPrincipal !== undefined) {
    const allow = effect?.value === 'Allow'
    refuse(
      allow ? 'Allow with NotPrincipal is not allowed.' : 'AssumeRole policy must not contain NotPrincipal field.',
      notPrincipal.node,
    )
  }
  if (principal === undefined) refuse('Missing required field Principal', node)
  if (principal.entries.length === 0) refuse('Missing required field Principal cannot be empty!', principal.node)
  if (!stored) checkPrincipals(principal)
}

/** NotAction would name every other action, those outside STS included. */
function checkActions({ node, action, notAction }: StatementStructure): void {
  const text = 'AssumeRole policy may only specify STS AssumeRole actions.'
  if (notAction !== undefined) refuse(text, notAction.node)
  if (action === undefined) refuse('Missing required field Action', node)
  if (action.values.length === 0) refuse('Missing required field Action', action.node)
  for (const value of action.values) if (!/^sts:[^:]*$/i.test(value.value)) refuse(text, value)
}

import type { AwsRow } from '../operation.ts'
import { at, given, placeByName, policyText, wholeList } from '../output.ts'
import { type Parameters, required, text } from '../parameters.ts'
import { ATTACHED_POLICY } from './common.ts'

type Kind = 'User' | 'Group' | 'Role'

const NAME_RULES = { User: 'userName', Group: 'groupName', Role: 'roleName' } as const

const POLICY_NAME = { PolicyName: required(text('policyName')) }

/** The three actions that read the policies of a user, group or role; those that change them follow from their declarations. */
function policiesOf(Kind: Kind): readonly AwsRow[] {
  const parameter = `${Kind}Name`
  const variable = NAME_RULES[Kind]
  const kind = Kind.toLowerCase()
  const HOLDER: Parameters = { [parameter]: required(text(variable)) }

  return [
    {
      name: `Get${Kind}Policy`,
      document: `query ($${variable}: String!, $policyName: String!) {
        ${kind}Policy(${variable}: $${variable}, policyName: $policyName) { policyName policyText }
      }`,
      parameters: { ...HOLDER, ...POLICY_NAME },
      result: {
        [parameter]: given(parameter),
        PolicyName: at('policyName'),
        PolicyDocument: at('policyText', policyText),
      },
    },
    {
      name: `List${Kind}Policies`,
      document: `query ($${variable}: String!) { ${kind}PolicyNames(${variable}: $${variable}) }`,
      parameters: HOLDER,
      paged: true,
      result: wholeList('PolicyNames', '', placeByName('')),
    },
    {
      name: `ListAttached${Kind}Policies`,
      document: `query ($${variable}: String!, $pathPrefix: String) {
        attached${Kind}Policies(${variable}: $${variable}, pathPrefix: $pathPrefix) { policyName policyArn }
      }`,
      parameters: { ...HOLDER, PathPrefix: text('pathPrefix') },
      paged: true,
      result: wholeList('AttachedPolicies', '', placeByName('policyName', 'policyArn'), ATTACHED_POLICY),
    },
  ]
}

export const HELD_POLICIES: readonly AwsRow[] = (['User', 'Group', 'Role'] as const).flatMap(policiesOf)

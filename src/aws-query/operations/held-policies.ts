import type { Row } from '../operation.ts'
import { at, given, placeByName, policyText, wholeList } from '../output.ts'
import { type Parameters, required, text } from '../parameters.ts'
import { ATTACHED_POLICY } from './common.ts'

type Kind = 'User' | 'Group' | 'Role'

const NAME_RULES = { User: 'userName', Group: 'groupName', Role: 'roleName' } as const

const POLICY_NAME = { PolicyName: required(text('policyName')) }
const POLICY_ARN = { PolicyArn: required(text('policyArn')) }

/** The seven actions on the policies that a user, group or role holds. */
function policiesOf(Kind: Kind): readonly Row[] {
  const parameter = `${Kind}Name`
  const variable = NAME_RULES[Kind]
  const kind = Kind.toLowerCase()
  const HOLDER: Parameters = { [parameter]: required(text(variable)) }

  const change = (verb: 'Put' | 'Delete' | 'Attach' | 'Detach', more: Parameters): Row => ({
    name: `${verb}${Kind}Policy`,
    document: `mutation ($input: ${verb}${Kind}PolicyInput!) { ${verb.toLowerCase()}${Kind}Policy(input: $input) { __typename } }`,
    parameters: { ...HOLDER, ...more },
  })

  return [
    change('Put', { ...POLICY_NAME, PolicyDocument: required(text('policyDocument')) }),
    change('Delete', POLICY_NAME),
    change('Attach', POLICY_ARN),
    change('Detach', POLICY_ARN),
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

export const HELD_POLICIES: readonly Row[] = (['User', 'Group', 'Role'] as const).flatMap(policiesOf)

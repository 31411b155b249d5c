import type { Operation } from '../operation.ts'
import { at, given, placeByName, policyText, wholeList } from '../output.ts'
import { required, text } from '../parameters.ts'
import { ATTACHED_POLICY } from './common.ts'

const ROLE_NAME = { RoleName: required(text('roleName')) }
const POLICY_NAME = { PolicyName: required(text('policyName')) }
const POLICY_ARN = { PolicyArn: required(text('policyArn')) }

export const ROLE_POLICIES: readonly Operation[] = [
  {
    name: 'PutRolePolicy',
    document: 'mutation ($input: PutRolePolicyInput!) { putRolePolicy(input: $input) { __typename } }',
    parameters: { ...ROLE_NAME, ...POLICY_NAME, PolicyDocument: required(text('policyDocument')) },
  },
  {
    name: 'GetRolePolicy',
    document: `query ($roleName: String!, $policyName: String!) {
      rolePolicy(roleName: $roleName, policyName: $policyName) { policyName policyText }
    }`,
    parameters: { ...ROLE_NAME, ...POLICY_NAME },
    result: { RoleName: given('RoleName'), PolicyName: at('policyName'), PolicyDocument: at('policyText', policyText) },
  },
  {
    name: 'ListRolePolicies',
    document: 'query ($roleName: String!) { rolePolicyNames(roleName: $roleName) }',
    parameters: ROLE_NAME,
    paged: true,
    result: wholeList('PolicyNames', '', placeByName('')),
  },
  {
    name: 'DeleteRolePolicy',
    document: 'mutation ($input: DeleteRolePolicyInput!) { deleteRolePolicy(input: $input) { __typename } }',
    parameters: { ...ROLE_NAME, ...POLICY_NAME },
  },
  {
    name: 'AttachRolePolicy',
    document: 'mutation ($input: AttachRolePolicyInput!) { attachRolePolicy(input: $input) { __typename } }',
    parameters: { ...ROLE_NAME, ...POLICY_ARN },
  },
  {
    name: 'DetachRolePolicy',
    document: 'mutation ($input: DetachRolePolicyInput!) { detachRolePolicy(input: $input) { __typename } }',
    parameters: { ...ROLE_NAME, ...POLICY_ARN },
  },
  {
    name: 'ListAttachedRolePolicies',
    document: `query ($roleName: String!, $pathPrefix: String) {
      attachedRolePolicies(roleName: $roleName, pathPrefix: $pathPrefix) { policyName policyArn }
    }`,
    parameters: { ...ROLE_NAME, PathPrefix: text('pathPrefix') },
    paged: true,
    result: wholeList('AttachedPolicies', '', placeByName('policyName', 'policyArn'), ATTACHED_POLICY),
  },
]

import type { Operation } from '../operation.ts'
import { at, given, placeByName, plain, policyText, wholeList } from '../output.ts'
import { required, text } from '../parameters.ts'
import { ATTACHED_POLICY } from './common.ts'

const USER_NAME = { UserName: required(text('userName')) }
const POLICY_NAME = { PolicyName: required(text('policyName')) }
const POLICY_ARN = { PolicyArn: required(text('policyArn')) }

export const USER_POLICIES: readonly Operation[] = [
  {
    name: 'PutUserPolicy',
    document: 'mutation ($input: PutUserPolicyInput!) { putUserPolicy(input: $input) { __typename } }',
    parameters: { ...USER_NAME, ...POLICY_NAME, PolicyDocument: required(text('policyDocument')) },
  },
  {
    name: 'GetUserPolicy',
    document: `query ($userName: String!, $policyName: String!) {
      userPolicy(userName: $userName, policyName: $policyName) { policyName policyText }
    }`,
    parameters: { ...USER_NAME, ...POLICY_NAME },
    result: { UserName: given('UserName'), PolicyName: at('policyName'), PolicyDocument: at('policyText', policyText) },
  },
  {
    name: 'ListUserPolicies',
    document: 'query ($userName: String!) { userPolicyNames(userName: $userName) }',
    parameters: USER_NAME,
    paged: true,
    result: wholeList('PolicyNames', '', placeByName(''), plain),
  },
  {
    name: 'DeleteUserPolicy',
    document: 'mutation ($input: DeleteUserPolicyInput!) { deleteUserPolicy(input: $input) { __typename } }',
    parameters: { ...USER_NAME, ...POLICY_NAME },
  },
  {
    name: 'AttachUserPolicy',
    document: 'mutation ($input: AttachUserPolicyInput!) { attachUserPolicy(input: $input) { __typename } }',
    parameters: { ...USER_NAME, ...POLICY_ARN },
  },
  {
    name: 'DetachUserPolicy',
    document: 'mutation ($input: DetachUserPolicyInput!) { detachUserPolicy(input: $input) { __typename } }',
    parameters: { ...USER_NAME, ...POLICY_ARN },
  },
  {
    name: 'ListAttachedUserPolicies',
    document: `query ($userName: String!, $pathPrefix: String) {
      attachedUserPolicies(userName: $userName, pathPrefix: $pathPrefix) { policyName policyArn }
    }`,
    parameters: { ...USER_NAME, PathPrefix: text('pathPrefix') },
    paged: true,
    result: wholeList('AttachedPolicies', '', placeByName('policyName', 'policyArn'), ATTACHED_POLICY),
  },
]

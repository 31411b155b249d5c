// Printed from documents.graphql by `npm run generate`. Do not edit.
import type { Document } from '../../../api/document.ts'

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type AddUserToGroupInput = {
  groupName: string;
  userName: string;
};

export type PolicyChoicesQueryVariables = Exact<{
  after?: string | null | undefined;
}>;

export type PolicyChoicesQuery = { policies: { edges: Array<{ node: { arn: string, policyName: string, isAttachable: boolean } }>, pageInfo: { endCursor: string | null, hasNextPage: boolean } } | null };

export type GroupChoicesQueryVariables = Exact<{
  after?: string | null | undefined;
}>;

export type GroupChoicesQuery = { groups: { edges: Array<{ node: { arn: string, name: string, path: string } }>, pageInfo: { endCursor: string | null, hasNextPage: boolean } } | null };

export type AddUserToGroupMutationVariables = Exact<{
  input: AddUserToGroupInput;
}>;

export type AddUserToGroupMutation = { addUserToGroup: { __typename: 'AddUserToGroupPayload' } | null };

export const PolicyChoicesDocument: Document<PolicyChoicesQuery, PolicyChoicesQueryVariables> = "query PolicyChoices($after:String){policies(first:1000 after:$after){edges{node{arn policyName isAttachable}}pageInfo{endCursor hasNextPage}}}"

export const GroupChoicesDocument: Document<GroupChoicesQuery, GroupChoicesQueryVariables> = "query GroupChoices($after:String){groups(first:1000 after:$after){edges{node{arn name path}}pageInfo{endCursor hasNextPage}}}"

export const AddUserToGroupDocument: Document<AddUserToGroupMutation, AddUserToGroupMutationVariables> = "mutation AddUserToGroup($input:AddUserToGroupInput!){addUserToGroup(input:$input){__typename}}"

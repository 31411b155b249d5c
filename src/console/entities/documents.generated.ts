// Printed from documents.graphql by `npm run generate`. Do not edit.
import type { Document } from '../api/document.ts'

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type FindUsersQueryVariables = Exact<{
  search?: string | null | undefined;
  first: number;
}>;

export type FindUsersQuery = { users: { edges: Array<{ node: { name: string, arn: string } }> } | null };

export type AllGroupsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;

export type AllGroupsQuery = { groups: { edges: Array<{ node: { name: string, arn: string, path: string } }>, pageInfo: { endCursor: string | null, hasNextPage: boolean } } | null };

export type AllRolesQueryVariables = Exact<{
  after?: string | null | undefined;
}>;

export type AllRolesQuery = { roles: { edges: Array<{ node: { name: string, arn: string } }>, pageInfo: { endCursor: string | null, hasNextPage: boolean } } | null };

export type AllPoliciesQueryVariables = Exact<{
  after?: string | null | undefined;
}>;

export type AllPoliciesQuery = { policies: { edges: Array<{ node: { policyName: string, arn: string, isAttachable: boolean } }>, pageInfo: { endCursor: string | null, hasNextPage: boolean } } | null };

export const FindUsersDocument: Document<FindUsersQuery, FindUsersQueryVariables> = "query FindUsers($search:String$first:Int!){users(search:$search first:$first){edges{node{name arn}}}}"

export const AllGroupsDocument: Document<AllGroupsQuery, AllGroupsQueryVariables> = "query AllGroups($after:String){groups(first:1000 after:$after){edges{node{name arn path}}pageInfo{endCursor hasNextPage}}}"

export const AllRolesDocument: Document<AllRolesQuery, AllRolesQueryVariables> = "query AllRoles($after:String){roles(first:1000 after:$after){edges{node{name arn}}pageInfo{endCursor hasNextPage}}}"

export const AllPoliciesDocument: Document<AllPoliciesQuery, AllPoliciesQueryVariables> = "query AllPolicies($after:String){policies(first:1000 after:$after){edges{node{policyName arn isAttachable}}pageInfo{endCursor hasNextPage}}}"

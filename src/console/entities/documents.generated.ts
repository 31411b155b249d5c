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

export type FindGroupsQueryVariables = Exact<{
  first: number;
}>;

export type FindGroupsQuery = { groups: { edges: Array<{ node: { name: string, arn: string } }> } | null };

export type FindRolesQueryVariables = Exact<{
  first: number;
}>;

export type FindRolesQuery = { roles: { edges: Array<{ node: { name: string, arn: string } }> } | null };

export type FindPoliciesQueryVariables = Exact<{
  first: number;
}>;

export type FindPoliciesQuery = { policies: { edges: Array<{ node: { policyName: string, arn: string } }> } | null };

export const FindUsersDocument: Document<FindUsersQuery, FindUsersQueryVariables> = "query FindUsers($search:String$first:Int!){users(search:$search first:$first){edges{node{name arn}}}}"

export const FindGroupsDocument: Document<FindGroupsQuery, FindGroupsQueryVariables> = "query FindGroups($first:Int!){groups(first:$first){edges{node{name arn}}}}"

export const FindRolesDocument: Document<FindRolesQuery, FindRolesQueryVariables> = "query FindRoles($first:Int!){roles(first:$first){edges{node{name arn}}}}"

export const FindPoliciesDocument: Document<FindPoliciesQuery, FindPoliciesQueryVariables> = "query FindPolicies($first:Int!){policies(first:$first){edges{node{policyName arn}}}}"

// Printed from documents.graphql by `npm run generate`. Do not edit.
import type { Document } from '../../../api/document.ts'

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type AccessKeyStatus =
  | 'ACTIVE'
  | 'INACTIVE';

export type OrderDirection =
  | 'ASC'
  | 'DESC';

export type UserOrder = {
  direction?: OrderDirection;
  field: UserOrderField;
};

export type UserOrderField =
  | 'CREATED_AT'
  | 'NAME';

export type UsersPageQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  search?: string | null | undefined;
  pathPrefix?: string | null | undefined;
  orderBy: UserOrder;
  withKeys: boolean;
  withKeyUse: boolean;
  withPassword: boolean;
  withMfa: boolean;
  withGroups: boolean;
}>;

export type UsersPageQuery = { users: { edges: Array<{ node: { userId: string, name: string, path: string, arn: string, createdAt: string, passwordLastUsedAt: string | null, accessKeys?: Array<{ accessKeyId: string, status: AccessKeyStatus, createdAt: string, lastUsed?: { at: string | null } | null }> | null, loginProfile?: { passwordChangedAt: string } | null, mfaDevices?: Array<{ serialNumber: string }> | null, groups?: { edges: Array<{ node: { name: string } }> } | null } }>, pageInfo: { endCursor: string | null, hasNextPage: boolean } } | null };

export const UsersPageDocument: Document<UsersPageQuery, UsersPageQueryVariables> = "query UsersPage($first:Int!$after:String$search:String$pathPrefix:String$orderBy:UserOrder!$withKeys:Boolean!$withKeyUse:Boolean!$withPassword:Boolean!$withMfa:Boolean!$withGroups:Boolean!){users(first:$first after:$after search:$search pathPrefix:$pathPrefix orderBy:$orderBy){edges{node{userId name path arn createdAt passwordLastUsedAt accessKeys@include(if:$withKeys){accessKeyId status createdAt lastUsed@include(if:$withKeyUse){at}}loginProfile@include(if:$withPassword){passwordChangedAt}mfaDevices@include(if:$withMfa){serialNumber}groups(first:10)@include(if:$withGroups){edges{node{name}}}}}pageInfo{endCursor hasNextPage}}}"

// Printed from documents.graphql by `npm run generate`. Do not edit.
import type { Document } from '../../../api/document.ts'

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type CreateUserInput = {
  path?: string | null | undefined;
  /** A managed policy that limits what the user can ever do. */
  permissionsBoundary?: string | null | undefined;
  tags?: Array<TagInput> | null | undefined;
  userName: string;
};

export type TagInput = {
  key: string;
  value: string;
};

export type CreateUserMutationVariables = Exact<{
  input: CreateUserInput;
}>;

export type CreateUserMutation = { createUser: { user: { name: string, arn: string } } | null };

export const CreateUserDocument: Document<CreateUserMutation, CreateUserMutationVariables> = "mutation CreateUser($input:CreateUserInput!){createUser(input:$input){user{name arn}}}"

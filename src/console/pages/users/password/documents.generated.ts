// Printed from documents.graphql by `npm run generate`. Do not edit.
import type { Document } from '../../../api/document.ts'

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type CreateLoginProfileInput = {
  password: string;
  /** The user must choose another one first. */
  passwordResetRequired?: boolean | null | undefined;
  /** The caller when omitted. */
  userName?: string | null | undefined;
};

export type CreateLoginProfileMutationVariables = Exact<{
  input: CreateLoginProfileInput;
}>;

export type CreateLoginProfileMutation = { createLoginProfile: { __typename: 'CreateLoginProfilePayload' } | null };

export const CreateLoginProfileDocument: Document<CreateLoginProfileMutation, CreateLoginProfileMutationVariables> = "mutation CreateLoginProfile($input:CreateLoginProfileInput!){createLoginProfile(input:$input){__typename}}"

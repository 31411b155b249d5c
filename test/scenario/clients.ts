import { ClientError, GraphQLClient } from 'graphql-request'
import { createBearerFetch, createSigningFetch, type SigningFetchOptions } from '../../src/client/index.ts'
import type { Installation, WireError } from '../support/installation.ts'

export type Credentials = Pick<SigningFetchOptions, 'accessKeyId' | 'secretAccessKey' | 'sessionToken'>

/** What a portal and a bot use: graphql-request, over a fetch that signs or carries a token. */
export function clientsOf({ url, clock }: Installation) {
  const endpoint = `${url}/graphql`
  return {
    anonymous: new GraphQLClient(endpoint),
    signing: (credentials: Credentials) =>
      new GraphQLClient(endpoint, { fetch: createSigningFetch({ ...credentials, now: clock }) }),
    bearing: (accessToken: string) => new GraphQLClient(endpoint, { fetch: createBearerFetch({ accessToken }) }),
  }
}

/** The one error that a request is refused with. */
export async function refusalOf(request: Promise<unknown>): Promise<Pick<WireError, 'message' | 'extensions'>> {
  try {
    await request
  } catch (error) {
    if (!(error instanceof ClientError)) throw error
    // An answer with another status than 200 is an error of its own shape: the same body.
    const { errors }: { errors?: WireError[] } = JSON.parse(JSON.stringify(error.response))
    if (errors?.length === 1 && errors[0] !== undefined) return errors[0]
    throw error
  }
  throw new Error('It was not refused.')
}

export const SIGN_IN = `mutation ($input: SignInInput!) {
  signIn(input: $input) { accessToken passwordChangeRequired viewer { arn } }
}`
export interface SignedIn {
  readonly signIn: { readonly accessToken: string; readonly viewer: { readonly arn: string } }
}

export const CREATE_KEY = `mutation ($input: CreateAccessKeyInput!) {
  createAccessKey(input: $input) { secretAccessKey csv accessKey { accessKeyId status description } }
}`
export interface CreatedKey {
  readonly createAccessKey: {
    readonly secretAccessKey: string
    readonly csv: string
    readonly accessKey: { readonly accessKeyId: string; readonly status: string; readonly description: string | null }
  }
}

export const UPDATE_KEY = `mutation ($input: UpdateAccessKeyInput!) {
  updateAccessKey(input: $input) { accessKey { status } }
}`
export const DELETE_KEY = `mutation ($input: DeleteAccessKeyInput!) {
  deleteAccessKey(input: $input) { deletedAccessKeyId }
}`

export const TEMPORARY = `mutation ($input: GetSessionTokenInput!) {
  getSessionToken(input: $input) { accessKeyId secretAccessKey sessionToken accessToken }
}`
export interface Temporary {
  readonly getSessionToken: Required<Credentials> & { readonly accessToken: string }
}

export function credentialsOf({ createAccessKey }: CreatedKey): Credentials {
  const { secretAccessKey, accessKey } = createAccessKey
  return { accessKeyId: accessKey.accessKeyId, secretAccessKey }
}

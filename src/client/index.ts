export { type BearerFetchOptions, createBearerFetch } from './bearer-fetch.ts'
export { createSigningFetch, type SigningFetchOptions } from './signing-fetch.ts'

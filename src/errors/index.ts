export { type ErrorCode } from './codes.ts'
export { CodedError, type Details, INTERNAL_FAILURE, isForCaller, type PublicError } from './coded-error.ts'

export { type ActionCall, type AwsQuery, createAwsQuery } from './aws-query.ts'
export { errorXml } from './errors.ts'
export { formText, peek } from './form.ts'

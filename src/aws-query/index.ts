export { type ActionCall, createAwsQuery } from './aws-query.ts'
export { errorXml } from './errors.ts'
export { formText } from './form.ts'

import { servicesOf } from '../../src/aws-query/services.ts'
import { buildSchema } from '../../src/graphql/schema.ts'

/** What the AWS door serves. */
export const SERVICES = servicesOf(buildSchema())

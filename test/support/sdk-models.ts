import * as iam from '@aws-sdk/client-iam'
import * as sts from '@aws-sdk/client-sts'
import type { AwsService } from '../../src/access/aws-names.ts'

/** AWS's models as the SDKs carry them, in the version that package-lock.json names: schemas by name and `$`. */
export const SDK_MODELS: Readonly<Record<AwsService, object>> = { iam, sts }

/** How Smithy's schema of an operation begins. */
const OPERATION = 9

/** The names of all operations of a service. */
export function sdkOperations(service: AwsService): string[] {
  return Object.entries(SDK_MODELS[service]).flatMap(([name, schema]: [string, unknown]) =>
    name.endsWith('$') && Array.isArray(schema) && schema[0] === OPERATION ? [name.slice(0, -1)] : [],
  )
}

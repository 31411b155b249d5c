import { IamError } from '../errors.ts'
import { HOST_NAME } from '../host-name.ts'

/** How a credential of a service is presented: a user name with a password, or one secret that names itself. */
export interface ServiceFacts {
  /** In small letters: host names are the same in any case. */
  readonly serviceName: string
  readonly apiKey: boolean
  /** Its credentials can be made to expire. */
  readonly expires: boolean
}

/** The services of AWS that have such credentials, each as the service model of IAM says. */
const OF_AWS: Readonly<Record<string, Omit<ServiceFacts, 'serviceName'>>> = {
  'bedrock.amazonaws.com': { apiKey: true, expires: true },
  'cassandra.amazonaws.com': { apiKey: false, expires: false },
  'codecommit.amazonaws.com': { apiKey: false, expires: false },
  'logs.amazonaws.com': { apiKey: true, expires: true },
}

const AWS_DOMAIN = /(?:^|\.)amazonaws\.com(?:\.cn)?$/

/**
 * What a service name stands for. Besides AWS's four every host name is accepted, for the systems of the company itself: they have
 * user names and passwords, which can expire. Other names below amazonaws.com are AWS's: a credential that looks like one of
 * theirs would be refused there. Throws NotSupportedService.
 */
export function serviceNamed(given: string): ServiceFacts {
  const serviceName = given.toLowerCase()
  const known = Object.hasOwn(OF_AWS, serviceName) ? OF_AWS[serviceName] : undefined
  if (known !== undefined) return { serviceName, ...known }
  if (!HOST_NAME.test(serviceName) || AWS_DOMAIN.test(serviceName))
    throw new IamError('NotSupportedService', 'The specified service does not support service-specific credentials.')
  return { serviceName, apiKey: false, expires: true }
}

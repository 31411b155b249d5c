import { IamError } from '../errors.ts'
import { HOST_NAME } from '../host-name.ts'
import { SERVICE_LINKED_PATH } from '../roles/protected-role.ts'

/** What is known of a role from the service that it is linked to. */
export interface ServiceLinkedName {
  readonly name: string
  readonly path: string
}

/** As AWS spells them where the name of the service does not tell. */
const SPELLED: Readonly<Record<string, string>> = {
  'autoscaling.amazonaws.com': 'AutoScaling',
  'ecs.amazonaws.com': 'ECS',
  'eks.amazonaws.com': 'AmazonEKS',
  'elasticbeanstalk.amazonaws.com': 'ElasticBeanstalk',
  'elasticloadbalancing.amazonaws.com': 'ElasticLoadBalancing',
  'rds.amazonaws.com': 'RDS',
  'spot.amazonaws.com': 'EC2Spot',
  'ssm.amazonaws.com': 'AmazonSSM',
  'sso.amazonaws.com': 'SSO',
  'trustedadvisor.amazonaws.com': 'TrustedAdvisor',
}

const AWS_DOMAIN = /\.amazonaws\.com$/
const LONGEST_NAME = 64

/**
 * Name and path of the role that is linked to a service: `AWSServiceRoleForBilling` of `billing.example.com`, of AWS's services
 * what stands before `.amazonaws.com`, with `_` and the suffix where one is given. A pure function, so that the permission is
 * asked on the ARN that the role will have.
 */
export function serviceLinkedName(service: string, suffix?: string | null): ServiceLinkedName {
  const labels = AWS_DOMAIN.test(service) ? service.replace(AWS_DOMAIN, '').split('.') : service.split('.').slice(0, 1)
  const words = labels.flatMap((label) => label.split('-')).map((word) => word.charAt(0).toUpperCase() + word.slice(1))
  const spelled = Object.hasOwn(SPELLED, service) ? SPELLED[service] : words.join('')
  return {
    name: `AWSServiceRoleFor${spelled}${suffix ? `_${suffix}` : ''}`,
    path: `${SERVICE_LINKED_PATH}${service}/`,
  }
}

/** Throws InvalidInput for what is no service principal, and for a name that a role cannot have. */
export function checkServiceLinkedName(service: string, { name }: ServiceLinkedName): void {
  // Service principals are told apart by case, so that there is one spelling.
  if (!HOST_NAME.test(service)) throw new IamError('InvalidInput', `The service principal ${service} is not valid.`)
  if (name.length > LONGEST_NAME)
    throw new IamError('InvalidInput', `The name of the role, ${name}, is longer than ${LONGEST_NAME} characters.`)
}

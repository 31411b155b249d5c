import type { AwsName } from '../access/aws-names.ts'
import { CodedError, type PublicError } from '../errors/index.ts'
import type { Service } from './operation.ts'
import type { Answer } from './tree.ts'

/** The namespace of what no service of ours answers for. */
const FAULTS = 'http://webservices.amazon.com/AWSFault/2005-15-09'

/** The request names no action that is served. */
export class UnknownAction extends CodedError {
  override readonly name = 'UnknownAction'

  constructor(action: string | null, version: string | null) {
    super(
      action === null ? 'MissingAction' : 'InvalidAction',
      action === null
        ? 'The request is missing an action or a required parameter.'
        : `Could not find operation ${action} for version ${version ?? 'NO_VERSION_SPECIFIED'}`,
    )
  }
}

/**
 * The request names an operation of AWS that is not offered, and why: no typing error, which InvalidAction would look like. What is
 * about organizations fails as it does at AWS for an account that belongs to none.
 */
export class NotOffered extends CodedError {
  override readonly name = 'NotOffered'

  constructor({ name, notOffered }: AwsName) {
    super(
      notOffered?.startsWith('organizations') ? 'OrganizationNotFoundException' : 'UnsupportedOperation',
      `${name} is not offered here (${notOffered}).`,
    )
  }
}

/** An error as AWS answers it: in the namespace of the service whose action it was, if any. */
export function errorAnswer(
  { code, httpStatus, message }: Pick<PublicError, 'code' | 'httpStatus' | 'message'>,
  requestId: string,
  service: Service | null,
): Answer {
  const type = httpStatus < 500 ? 'Sender' : 'Receiver'
  return {
    root: 'ErrorResponse',
    namespace: service?.namespace ?? FAULTS,
    content: {
      Error: { Type: type, Code: code, ...(message !== '' && { Message: message }) },
      RequestId: requestId,
    },
  }
}

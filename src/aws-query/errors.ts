import type { Service } from './operation.ts'
import { xmlDocument } from './xml.ts'

/** What a caller may read of an error. */
export interface CodedError {
  readonly code: string
  readonly httpStatus: number
  readonly message: string
}

/** The namespace of what no service of ours answers for. */
const FAULTS = 'http://webservices.amazon.com/AWSFault/2005-15-09'

/** The request names no action that is served. */
export class UnknownAction extends Error implements CodedError {
  override readonly name = 'UnknownAction'
  readonly code: 'InvalidAction' | 'MissingAction'
  readonly httpStatus = 400

  constructor(action: string | null, version: string | null) {
    super(
      action === null
        ? 'The request is missing an action or a required parameter.'
        : `Could not find operation ${action} for version ${version ?? 'NO_VERSION_SPECIFIED'}`,
    )
    this.code = action === null ? 'MissingAction' : 'InvalidAction'
  }
}

/** An error as AWS writes it: in the namespace of the service whose action it was, if any. */
export function errorXml(
  { code, httpStatus, message }: CodedError,
  requestId: string,
  service: Service | null,
): string {
  return xmlDocument('ErrorResponse', service?.namespace ?? FAULTS, {
    Error: { Type: httpStatus < 500 ? 'Sender' : 'Receiver', Code: code, ...(message !== '' && { Message: message }) },
    RequestId: requestId,
  })
}

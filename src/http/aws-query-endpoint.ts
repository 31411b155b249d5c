import type { IncomingMessage } from 'node:http'

import type { Authenticator } from '../authn/authenticate.ts'
import {
  type ActionCall,
  type Answer,
  createAwsQuery,
  errorAnswer,
  formText,
  type Written,
  written,
} from '../aws-query/index.ts'
import { breath } from '../budget/index.ts'
import { INTERNAL_FAILURE } from '../errors/index.ts'
import { answer } from './answer.ts'
import { claimsSignature, signedRequest } from './authentication.ts'
import { codedErrorOf, headersOf, HttpError } from './http-error.ts'
import { cut } from './cut.ts'
import type { Exchange, Step } from './exchange.ts'
import { noteFailure } from './failures.ts'
import type { EndpointParts } from './graphql-endpoint.ts'
import { BODY_LIMITS } from './limits.ts'
import { chargeCaller, collectBody, type Flights } from './request-body.ts'
import { inSpan } from '../tracing/index.ts'

/** Bytes that are read through within a millisecond or so. */
const LONG_BODY = 256_000
const FORM = /^application\/x-www-form-urlencoded\s*(;|$)/i

export interface AwsQueryEndpointParts extends EndpointParts {
  readonly authenticate: Authenticator['authenticateSignature']
  readonly flights: Flights
}

/**
 * The AWS Query protocol (IAM 2010-05-08, STS 2011-06-15) on the address that AWS clients use: `/`. The action is found first,
 * since its service is what a signature must be scoped to; everything else about the request is read only when it is known who
 * asks. Every answer is XML, or JSON where that is asked for, also of what goes wrong.
 */
export function awsQueryEndpoint(parts: AwsQueryEndpointParts): Step {
  const { schema, operations, onOperation, log, authenticate, flights } = parts
  const awsQuery = createAwsQuery(schema)
  const collect = collectBody(flights, (exchange) =>
    claimsSignature(exchange) ? BODY_LIMITS.awsQuery : BODY_LIMITS.anonymous,
  )

  async function identify(exchange: Exchange, { service, operation }: ActionCall): Promise<void> {
    exchange.operation = `${service.name} ${operation.name}`
    if (operation.unsigned) return
    exchange.principal = await inSpan('authentication', {}, () =>
      authenticate(signedRequest(exchange), service.name, exchange.cost.charge),
    )
    chargeCaller(flights, exchange)
  }

  async function perform(exchange: Exchange, call: ActionCall): Promise<Answer> {
    try {
      return await awsQuery.perform(call, {
        requestId: exchange.id,
        execute: (operation) => operations.runOperation(exchange, operation),
      })
    } finally {
      onOperation(exchange)
    }
  }

  return async (exchange) => {
    if (exchange.path !== '/' || !asksForAction(exchange.request)) return
    let call: ActionCall | null = null
    try {
      await collect(exchange)
      await betweenReadings(exchange)
      call = awsQuery.find(textOf(exchange))
      await betweenReadings(exchange)
      await identify(exchange, call)
      await betweenReadings(exchange)
      answerAs(exchange, 200, await perform(exchange, call))
    } catch (error) {
      const coded = codedErrorOf(error)
      if (coded === INTERNAL_FAILURE) log.error({ requestId: exchange.id, err: error }, 'internal failure')
      const { code, httpStatus, message } = coded
      noteFailure(exchange, code, coded.details)
      const shown = { code, httpStatus, message: cut(message) }
      answerAs(exchange, httpStatus, errorAnswer(shown, exchange.id, call?.service ?? null), headersOf(coded))
    }
  }
}

/** Collecting, finding the action, hashing and taking apart each go through a body once: megabytes of it are not all one turn. */
function betweenReadings({ body }: Exchange): Promise<void> | null {
  return body.length > LONG_BODY ? breath() : null
}

/** What SDKs are told while the server starts: they take it for a passing trouble and try again. */
export function startingAnswer({ headers }: IncomingMessage, requestId: string): Written {
  const coded = new HttpError('ServiceUnavailable', 'The server is starting. Try again.')
  return written(errorAnswer(coded, requestId, null), headers.accept)
}

/** Whether a request for `/` is one of the protocol: a browser that opens the page asks for no action. */
export function asksForAction({ method, url = '' }: IncomingMessage): boolean {
  return method === 'POST' || (method === 'GET' && /[?&](Action|X-Amz-[A-Za-z]+)=/.test(url))
}

/** Parameters come in the query string, in a form, or both; a body of another kind holds none. */
function textOf({ request: { url = '', headers }, body }: Exchange): string {
  const mark = url.indexOf('?')
  const form = FORM.test(headers['content-type'] ?? '') && headers['content-encoding'] === undefined
  return formText(mark < 0 ? '' : url.slice(mark + 1), form ? body : Buffer.alloc(0))
}

function answerAs(
  exchange: Exchange,
  status: number,
  answered: Answer,
  headers: Readonly<Record<string, string>> = {},
) {
  const { type, body } = written(answered, exchange.request.headers.accept)
  answer(exchange, status, { ...headers, 'content-type': type, 'cache-control': 'no-store' }, body)
}

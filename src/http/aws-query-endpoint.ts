import type { ExecutionResult } from 'graphql'
import type { Authenticator } from '../authn/authenticate.ts'
import { type ActionCall, createAwsQuery, errorXml, formText } from '../aws-query/index.ts'
import { answer } from './answer.ts'
import { claimsSignature, signedRequest } from './authentication.ts'
import { HttpError, INTERNAL_FAILURE, isCodedError } from './coded-error.ts'
import { cut } from './cut.ts'
import type { Exchange, Step } from './exchange.ts'
import type { EndpointParts } from './graphql-endpoint.ts'
import { BODY_LIMITS } from './limits.ts'
import { chargeCaller, collectBody, type Flights } from './request-body.ts'

const FORM = /^application\/x-www-form-urlencoded\s*(;|$)/i

export interface AwsQueryEndpointParts extends EndpointParts {
  readonly authenticate: Authenticator['authenticateSignature']
  readonly flights: Flights
}

/**
 * The AWS Query protocol (IAM 2010-05-08, STS 2011-06-15) on the address that AWS clients use: `/`. The action is found first,
 * since its service is what a signature must be scoped to; everything else about the request is read only when it is known who
 * asks. Every answer is XML, also of what goes wrong.
 */
export function awsQueryEndpoint(parts: AwsQueryEndpointParts): Step {
  const { schema, openContext, onOperation, log, authenticate, flights } = parts
  const awsQuery = createAwsQuery(schema)
  const collect = collectBody(flights, (exchange) =>
    claimsSignature(exchange) ? BODY_LIMITS.awsQuery : BODY_LIMITS.anonymous,
  )

  async function identify(exchange: Exchange, { service, operation }: ActionCall): Promise<void> {
    exchange.operation = `${service.name} ${operation.name}`
    if (operation.unsigned) return
    exchange.principal = await authenticate(signedRequest(exchange), service.name)
    chargeCaller(flights, exchange)
  }

  async function perform(exchange: Exchange, call: ActionCall): Promise<string> {
    try {
      return await awsQuery.perform(call, {
        requestId: exchange.id,
        async execute(operation): Promise<ExecutionResult> {
          const { context, finish } = openContext(exchange)
          const result = await operation(context)
          await finish?.()
          return result
        },
      })
    } finally {
      onOperation(exchange)
    }
  }

  return async (exchange) => {
    if (exchange.path !== '/' || !asksForAction(exchange)) return
    let call: ActionCall | null = null
    try {
      await collect(exchange)
      call = awsQuery.find(textOf(exchange))
      await identify(exchange, call)
      answerXml(exchange, 200, await perform(exchange, call))
    } catch (error) {
      const coded = isCodedError(error) ? error : INTERNAL_FAILURE
      if (coded === INTERNAL_FAILURE) log.error({ requestId: exchange.id, err: error }, 'internal failure')
      const headers = error instanceof HttpError ? error.headers : {}
      const { code, httpStatus, message } = coded
      const shown = { code, httpStatus, message: cut(message) }
      answerXml(exchange, httpStatus, errorXml(shown, exchange.id, call?.service ?? null), headers)
    }
  }
}

/** A browser that opens `/` asks for no action. */
function asksForAction({ request: { method, url = '' } }: Exchange): boolean {
  return method === 'POST' || (method === 'GET' && /[?&](Action|X-Amz-[A-Za-z]+)=/.test(url))
}

/** Parameters come in the query string, in a form, or both; a body of another kind holds none. */
function textOf({ request: { url = '', headers }, body }: Exchange): string {
  const mark = url.indexOf('?')
  const form = FORM.test(headers['content-type'] ?? '') && headers['content-encoding'] === undefined
  return formText(mark < 0 ? '' : url.slice(mark + 1), form ? body : Buffer.alloc(0))
}

function answerXml(exchange: Exchange, status: number, xml: string, headers: Readonly<Record<string, string>> = {}) {
  answer(exchange, status, { ...headers, 'content-type': 'text/xml', 'cache-control': 'no-store' }, xml)
}

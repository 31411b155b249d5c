import type { Installation } from '../support/installation.ts'
import { type AwsAnswer, awsRequest, type Parameters } from './aws-door.ts'
import { type Caller, sendAs } from './caller.ts'
import { type Exchange, headersOf, withErrorsInOrder } from './exchange.ts'
import { type Asking, type GraphqlAnswer, graphqlRequest, type Input, isMutation } from './graphql-door.ts'
import { meetExchange } from './recording.ts'
import { createStandIns } from './stand-ins.ts'

const AGAIN: Asking = { deep: 2 }

/** A request over HTTP, as it is told to the recording, and how its answer is read. */
interface Telling<Answer> extends Pick<Exchange, 'subject' | 'request'> {
  readonly path?: string
  readonly init: RequestInit
  /** As what the signature is made. */
  readonly service?: 'iam' | 'sts'
  readonly answerOf: (heard: { readonly status: number; readonly body: string }) => Answer
}

/**
 * Requests to an installation, and everything that is said and heard. The clock moves on by a second with each request, and before the next
 * one everything is written that the server writes later: so answers do not depend on how fast the machine is.
 */
export function createWire(installation: Installation) {
  const exchanges: Exchange[] = []
  const standIns = createStandIns()
  const carriedOut = new Set<string>()

  async function exchange<Answer extends { readonly codes: readonly string[] }>(
    caller: Caller,
    { subject, request, path = '/', init, service, answerOf }: Telling<Answer>,
  ): Promise<Answer> {
    const send = sendAs(caller, installation.clock, service)
    const headers = { 'user-agent': 'tests', ...Object.fromEntries(new Headers(init.headers)) }
    const response = await send(`${installation.url}${path}`, { redirect: 'manual', ...init, headers })
    const { status } = response
    const body = withErrorsInOrder(await response.text())
    const answer = answerOf({ status, body })
    const told = { caller: caller.name, subject, request, status, headers: headersOf(response), body }
    exchanges.push({ ...told, codes: answer.codes })
    meetExchange(standIns, told)
    await written(installation)
    installation.clock.advance(1000)
    return answer
  }

  return {
    exchanges,
    standIns,

    /** A mutation that was carried out once shows less of what it changed the next time: that is much, and the same. */
    async ask(caller: Caller, name: string, input: Input = {}, asking?: Asking): Promise<GraphqlAnswer> {
      const again = carriedOut.has(name) ? AGAIN : {}
      const answer = await exchange(caller, graphqlRequest(name, input, asking ?? again))
      if (answer.codes.length === 0 && isMutation(name)) carriedOut.add(name)
      return answer
    },

    call: (caller: Caller, name: string, parameters: Parameters = {}): Promise<AwsAnswer> =>
      exchange(caller, awsRequest(name, parameters)),

    /** A request about the protocol, as it is; `shown` is what the recording says of it. */
    send: (caller: Caller, shown: string, init: RequestInit, path = '/') =>
      exchange(caller, { subject: null, request: shown, init, path, answerOf: () => ({ codes: [] }) }),
  }
}

/** What the server writes after it has answered. */
async function written({ application }: Installation): Promise<void> {
  const { readQueue, tally, lastUsed, credentialReports } = application
  await credentialReports.settled()
  await readQueue.flush()
  await tally.writeNotes()
  await tally.flush()
  await lastUsed.flush()
}

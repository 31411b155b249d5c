import {
  type DocumentNode,
  execute,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
  Kind,
  parse,
} from 'graphql'
import { AWS_NAMES, type AwsName, PERMISSION_ONLY } from '../access/aws-names.ts'
import { NotOffered, UnknownAction } from './errors.ts'
import { peek, readForm } from './form.ts'
import { cursorOf } from './marker.ts'
import type { AwsOperation, Service } from './operation.ts'
import { type Asked, elements } from './output.ts'
import { integer, type Parameters, readParameters, text, type Value, variablesOf } from './parameters.ts'
import { servicesOf } from './services.ts'
import type { Answer } from './tree.ts'

/** An action that somebody asked for; nothing but its name was read yet. */
export interface ActionCall {
  readonly service: Service
  readonly operation: AwsOperation
  /** The form as text. */
  readonly text: string
}

export interface AwsQuery {
  /** Finds the action that a form names. Throws UnknownAction, for version and name together, and NotOffered. */
  find(text: string): ActionCall
  /**
   * Carries the action out as an operation of the schema and says what is answered. Throws what the operation refused with, or
   * ValidationError for parameters that AWS refuses before it looks at permissions.
   */
  perform(call: ActionCall, run: Run): Promise<Answer>
}

export interface Run {
  readonly requestId: string
  /** Executes with the context of this request. */
  readonly execute: (operation: (context: object) => Promise<ExecutionResult>) => Promise<ExecutionResult>
}

interface Prepared {
  readonly document: DocumentNode
  /** Whether the parameters are one variable `$input`. */
  readonly wrapped: boolean
}

const PAGING: Parameters = { Marker: text(), MaxItems: integer('maxItems') }
const DEFAULT_PAGE = 100

/** The AWS Query protocol over a schema: what an action does is up to the schema alone. */
export function createAwsQuery(schema: GraphQLSchema): AwsQuery {
  const calls = new Map<string, Omit<ActionCall, 'text'>>()
  const prepared = new Map<AwsOperation, Prepared>()
  const absent = new Map<string, AwsName>()
  for (const service of servicesOf(schema)) {
    for (const operation of service.operations) {
      calls.set(`${service.version} ${operation.name}`, { service, operation })
      prepared.set(operation, prepare(operation))
    }
    for (const name of AWS_NAMES) {
      if (name.service === service.name && ![null, PERMISSION_ONLY].includes(name.notOffered))
        absent.set(`${service.version} ${name.name}`, name)
    }
  }

  return {
    find(form) {
      const action = peek(form, 'Action')
      const version = peek(form, 'Version')
      const asked = `${version} ${action}`
      const known = calls.get(asked)
      if (known !== undefined) return { ...known, text: form }
      const notOffered = absent.get(asked)
      throw notOffered === undefined ? new UnknownAction(action, version) : new NotOffered(notOffered)
    },

    async perform({ service, operation, text: form }, { requestId, execute: within }) {
      const { parameters = {}, paged } = operation
      const given = readParameters(readForm(form), paged ? { ...parameters, ...PAGING } : parameters)
      const asked = askedOf(operation, given)
      const variables = variablesOf(given, parameters)
      const { document, wrapped } = prepared.get(operation) ?? prepare(operation)
      const { first, after } = asked
      const variableValues = {
        ...(wrapped ? { input: { ...variables, ...operation.given } } : variables),
        ...(paged && { first, after }),
      }
      const result = await within(async (contextValue) => execute({ schema, document, contextValue, variableValues }))
      const refused = refusal(result)
      if (refused !== null) throw refused
      return responseOf(service, operation, asked, result.data, requestId)
    },
  }
}

function prepare({ document: source }: AwsOperation): Prepared {
  const document = parse(source, { noLocation: true })
  const wrapped = document.definitions.some(
    (definition) =>
      definition.kind === Kind.OPERATION_DEFINITION &&
      definition.variableDefinitions?.some(({ variable }) => variable.name.value === 'input'),
  )
  return { document, wrapped }
}

function askedOf({ name }: AwsOperation, given: Readonly<Record<string, Value>>): Asked {
  const { Marker, MaxItems } = given
  return {
    action: name,
    given,
    first: typeof MaxItems === 'number' ? MaxItems : DEFAULT_PAGE,
    after: typeof Marker === 'string' ? cursorOf(name, Marker) : null,
  }
}

function responseOf(
  { namespace }: Service,
  { name, result }: AwsOperation,
  asked: Asked,
  data: unknown,
  requestId: string,
): Answer {
  const [answer]: readonly unknown[] = typeof data === 'object' && data !== null ? Object.values(data) : []
  return {
    root: `${name}Response`,
    namespace,
    content: {
      ...(result && { [`${name}Result`]: elements(result, answer, asked) }),
      ResponseMetadata: { RequestId: requestId },
    },
  }
}

/**
 * What the action as a whole was refused with. A part of its answer that the caller may not see is left out instead, as IAM does
 * where it knows such parts. Of several errors it is the one of the outermost field: the others follow from it.
 */
function refusal({ data, errors = [] }: ExecutionResult): unknown {
  const [answer] = Object.values(data ?? {})
  const heavy = answer === null || answer === undefined ? errors : errors.filter((error) => !isDenial(error))
  const [outermost] = heavy.toSorted((a, b) => (a.path?.length ?? 0) - (b.path?.length ?? 0))
  return outermost === undefined ? null : (outermost.originalError ?? outermost)
}

function isDenial({ originalError }: GraphQLError): boolean {
  return originalError instanceof Error && 'code' in originalError && originalError.code === 'AccessDenied'
}

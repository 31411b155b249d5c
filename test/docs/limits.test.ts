import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { COSTS, type Cost } from '../../src/budget/costs.ts'
import {
  BODY_LIMITS,
  CONNECTION_LIMITS,
  DOCUMENT_LIMITS,
  ERROR_LIMITS,
  IN_FLIGHT_LIMITS,
  MAX_HEADER_LINES,
} from '../../src/http/limits.ts'
import { bucket } from '../../src/iam/throttle/limits.ts'

const NOTES = readFileSync(path.join(import.meta.dirname, '../../docs/security.md'), 'utf8')

/** The limit that each row of the table is about. */
const ROWS = {
  'Sign-in as one user from one address': 'signInUserAtAddress',
  'Sign-in from one address (an IPv6 /64 is one)': 'signInAddress',
  'Sign-in as one user from all unfamiliar addresses': 'signInUser',
  'Sign-in to one account from all unfamiliar addresses': 'signInAccount',
  'Tokens of identity providers from one address': 'webIdentityAddress',
  'One-time codes and recovery codes of one user': 'mfaCode',
  'Old passwords offered to `changePassword`': 'changePassword',
} as const

/** What the security notes say before the figures of each budget that is written as "so many, and so many more a second". */
const BUDGETS: readonly (readonly [cost: Cost, what: string])[] = [
  ['policyBytes', 'Policy documents to check or to simulate'],
  ['decisions', 'Decisions that `can` and the simulators are asked for, and explanations of decisions'],
  ['rows', 'Rows that lists are asked for, `first` of a list times that of the lists around it'],
  ['keyChanges', 'Access keys that are created or activated'],
  ['issuerDocuments', 'Documents of token issuers that are read from the database for one address'],
  ['unknownKeys', 'Signatures from one address with keys that do not exist or are inactive'],
]

const figure = (count: number) => count.toLocaleString('en-US')
const megabytes = (bytes: number) => `${bytes / 1e6} MB`
const seconds = (ms: number) => `${ms / 1000}`

test('the throttling table of the security notes has the limits that are in force', () => {
  const lines = NOTES.split('\n')
  for (const [what, kind] of Object.entries(ROWS)) {
    const { attempts, seconds: span } = bucket(kind)
    expect(lines).toContain(`| ${what} | ${attempts} in ${span === 3600 ? 'an hour' : `${span / 60} minutes`} |`)
  }
})

test('the budgets in the security notes are those that are in force', () => {
  for (const [cost, what] of BUDGETS) {
    const { capacity, perSecond } = COSTS[cost]
    const bytes = cost === 'policyBytes' ? ' bytes' : ''
    expect(NOTES).toContain(`${what}: ${figure(capacity)}${bytes}, and ${figure(perSecond)} more a second`)
  }
  const { recordBytes, strangerEvents, accountStrangerEvents, wrongSignatures } = COSTS
  expect(NOTES).toContain(
    `${figure(recordBytes.capacity)} bytes for a known caller and ${figure(recordBytes.perSecond)} more a second, ` +
      `${strangerEvents.capacity} events for an address of strangers and one more every ten seconds, ` +
      `${accountStrangerEvents.capacity} for all strangers of an account and one more every two seconds`,
  )
  expect(NOTES).toContain(`${wrongSignatures.capacity}, then one every ten seconds, per process`)
  expect([strangerEvents, accountStrangerEvents, wrongSignatures].map(({ perSecond }) => perSecond)).toEqual([
    1 / 10,
    1 / 2,
    1 / 10,
  ])
})

test('the limits of bodies, documents and connections in the security notes are those that are in force', () => {
  const { graphql, awsQuery, anonymous } = BODY_LIMITS
  const { strangers, callers } = IN_FLIGHT_LIMITS
  const { tokens, depth, fields, aliases } = DOCUMENT_LIMITS
  const { headersTimeout, requestTimeout, keepAliveTimeout, idleTimeout } = CONNECTION_LIMITS
  for (const sentence of [
    `A body: ${figure(graphql)} bytes, ${figure(awsQuery)} in the AWS protocol, ${figure(anonymous)} without a credential.`,
    `${megabytes(strangers.perSender)} of one address and ${megabytes(strangers.total)} in all while their senders are not authenticated, ${megabytes(callers.perSender)} of one principal and ${megabytes(callers.total)} in all afterwards`,
    `${figure(tokens)} tokens, depth ${depth}, and with its fragments written out ${figure(fields)} fields and ${aliases} aliases`,
    `Connections: ${CONNECTION_LIMITS.maxConnectionsPerAddress} of one address`,
    `and ${figure(CONNECTION_LIMITS.maxConnections)} in all`,
    `${seconds(headersTimeout)} seconds for the head of a request, ${seconds(requestTimeout)} for all of it, ${seconds(keepAliveTimeout)} between two, ${seconds(idleTimeout)} without a byte`,
    `${Math.floor(CONNECTION_LIMITS.maxHeaderSize / 1000)} kB and ${MAX_HEADER_LINES} lines of headers`,
    `Errors repeat at most ${figure(ERROR_LIMITS.characters)} characters`,
  ])
    expect(NOTES).toContain(sentence)
})

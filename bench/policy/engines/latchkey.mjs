// Latchkey's own engine. BENCH_POLICY_MODULE is set by run.mjs: the built library, or the sources under tsx.
import { ACCOUNT, USER } from '../workload.mjs'

const {
  compilePolicy,
  compileSet,
  createContext,
  decide: decideAccess,
  parsePolicy,
} = await import(process.env.BENCH_POLICY_MODULE ?? '../../../dist/policy/index.js')

export const title = 'Latchkey'

export function load(document) {
  const parsed = parsePolicy(JSON.stringify(document), 'managed')
  if (!parsed.ok) throw parsed.error
  return { identity: compileSet([compilePolicy(parsed.document, { id: 'bench', type: 'managed' })]) }
}

const principal = { kind: 'user', accountId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:user/${USER}` }

export function prepare(_layers, { action, resource, context }) {
  return { action, resource, principal, context: createContext(Object.entries(context)) }
}

const VERDICTS = { ALLOW: 'allow', IMPLICIT_DENY: 'implicit-deny', EXPLICIT_DENY: 'explicit-deny' }

export const decide = (layers, request) => VERDICTS[decideAccess(layers, request).effect]

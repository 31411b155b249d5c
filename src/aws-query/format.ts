import { jsonOf } from './json.ts'
import type { Answer } from './tree.ts'
import { xmlOf } from './xml.ts'

export interface Written {
  readonly type: string
  readonly body: string
}

const XML = /^(?:text|application)\/xml$/
const JSON_TYPE = 'application/json'

/**
 * An answer in the format that is asked for: XML, which is what SDKs read, unless the header prefers JSON. Verifiers of presigned
 * requests for the caller's identity ask for that and read nothing else (aws-iam-authenticator).
 *
 * @param accept the header `Accept` (RFC 9110 §12.5.1)
 */
export function written(answer: Answer, accept: string | undefined): Written {
  return prefersJson(accept ?? '')
    ? { type: JSON_TYPE, body: jsonOf(answer) }
    : { type: 'text/xml', body: xmlOf(answer) }
}

/** Of the two formats the one with the greater weight, and of two with the same the one that is named first. */
function prefersJson(accept: string): boolean {
  const ranges = accept.toLowerCase().split(',', 50).map(mediaRange)
  const [best] = ranges
    .filter(({ type, weight }) => weight > 0 && (type === JSON_TYPE || XML.test(type)))
    .toSorted((a, b) => b.weight - a.weight)
  return best?.type === JSON_TYPE
}

function mediaRange(text: string): { readonly type: string; readonly weight: number } {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim())
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
  return { type, weight: weight === undefined ? 1 : Number(weight) || 0 }
}

import { Glob } from '../match/glob.ts'
import { type Operator, pair, type PolicyValue, type Test } from './operator.ts'

function caseSensitive({ tokens }: PolicyValue): Test {
  const glob = new Glob(tokens)
  return (value, context) => glob.matches(value, 0, context)
}

function ignoringCase({ tokens }: PolicyValue): Test {
  const glob = new Glob(tokens, true)
  return (value, context) => glob.matches(value.toLowerCase(), 0, context)
}

export const stringOperators: readonly Operator[] = [
  ...pair('StringEquals', 'StringNotEquals', { variables: true, wildcards: false, compare: caseSensitive }),
  ...pair('StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', {
    variables: true,
    wildcards: false,
    compare: ignoringCase,
  }),
  ...pair('StringLike', 'StringNotLike', { variables: true, wildcards: true, compare: caseSensitive }),
]

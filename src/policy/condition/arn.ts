import { ArnPattern } from '../match/arn.ts'
import { type Operator, pair, type PolicyValue, type Test } from './operator.ts'

function compare({ tokens }: PolicyValue): Test {
  const pattern = new ArnPattern(tokens)
  return (value, context) => pattern.matches(value, context)
}

/** ArnEquals and ArnLike do the same (AWS IAM user guide, "Amazon Resource Name (ARN) condition operators"). */
export const arnOperators: readonly Operator[] = [
  ...pair('ArnEquals', 'ArnNotEquals', { variables: true, wildcards: true, compare }),
  ...pair('ArnLike', 'ArnNotLike', { variables: true, wildcards: true, compare }),
]

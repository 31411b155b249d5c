import type { Output } from './output.ts'
import type { Parameter, Value } from './parameters.ts'

/** A service of AWS as it is written down, before the declarations of the schema complete it. */
export interface WrittenService extends Omit<Service, 'operations'> {
  readonly rows: readonly AwsRow[]
}

/** What is said of an action beside what its mutation declares; a parameter that is named replaces the declared one. */
export interface AwsRow extends Omit<AwsOperation, 'document'> {
  /** Absent where a mutation is called like the action. */
  readonly document?: string
  /** What such a mutation is asked to answer. */
  readonly selects?: string
}

/** One action of an AWS service, as data: the operation of the schema that carries it out, and how both sides are written. */
export interface AwsOperation {
  /** The value of `Action`. */
  readonly name: string
  /**
   * The GraphQL operation, of one root field. Its variables are the parameters with small first letters: as members of `$input`
   * where it declares that, else each by itself. Of a list by pages they are `$first` and `$after`.
   */
  readonly document: string
  /** In the order of AWS's model. */
  readonly parameters?: Readonly<Record<string, Parameter>>
  /** Members of `$input` that no parameter of AWS is for. */
  readonly given?: Readonly<Record<string, Value>>
  /** Takes `Marker` and `MaxItems`. */
  readonly paged?: true
  /** Does without a signature: what it needs is among its parameters. */
  readonly unsigned?: true
  /** The members of the result in the order of AWS's model; absent for actions that only succeed. */
  readonly result?: Readonly<Record<string, Output>>
}

/** A service of AWS in the version that its clients speak. */
export interface Service {
  /** As the scope of a signature names it. */
  readonly name: 'iam' | 'sts'
  readonly version: string
  readonly namespace: string
  readonly operations: readonly AwsOperation[]
}

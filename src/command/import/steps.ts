import type { Call } from '../../iam/call.ts'

/** One change that makes the account more like the file. */
export interface Step {
  /** What is changed: `user alice`. Steps of a thing that could not be made are left out. */
  readonly subject: string
  /** As the report says it: `is made`. */
  readonly change: string
  readonly makes: boolean
  readonly action: string
  /** ARN. */
  readonly resource: string
  readonly run: (call: Call) => Promise<unknown>
}

/** Something that the account has otherwise than the file, and that is left so. */
export interface Difference {
  readonly subject: string
  readonly what: string
}

export interface Plan {
  readonly steps: Step[]
  readonly differences: Difference[]
}

export interface Planning extends Plan {
  readonly accountId: string
  /** The ARN here of a policy that the file names; null when there is none here nor in the file. */
  readonly policyHere: (arn: string) => string | null
  /** Names of the instance profiles that are here, in lower case. */
  readonly profiles: ReadonlySet<string>
}

/** Things by their names, which differ in more than case. */
export function byName<Named extends { readonly name: string }>(things: readonly Named[]): Map<string, Named> {
  return new Map(things.map((thing) => [thing.name.toLowerCase(), thing]))
}

/** Notes what is in the account and not in the file: nothing is deleted. */
export function noteSurplus(
  { differences }: Plan,
  noun: string,
  wanted: readonly { readonly name: string }[],
  present: readonly { readonly name: string }[],
): void {
  const named = byName(wanted)
  for (const { name } of present)
    if (!named.has(name.toLowerCase())) differences.push({ subject: `${noun} ${name}`, what: 'is not in the file' })
}

/** Addresses of the pages of single things. An ARN is one segment of the address. */
export const policyHref = (arn: string): string => `/policies/${encodeURIComponent(arn)}`
export const userHref = (name: string): string => `/users/${encodeURIComponent(name)}`
export const groupHref = (name: string): string => `/groups/${encodeURIComponent(name)}`
export const roleHref = (name: string): string => `/roles/${encodeURIComponent(name)}`

/** The policies that come built in, which nobody can change. */
export function isBuiltIn(policyArn: string): boolean {
  return policyArn.startsWith('arn:aws:iam::aws:')
}

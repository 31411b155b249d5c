/** A name of AWS's model as messages and the schema write it: `UserName` → `userName`, `VirtualMFADeviceName` → `virtualMfaDeviceName`. */
export function camelCase(name: string): string {
  const words = name.replace(/([A-Z])([A-Z]+)(?=[A-Z][a-z]|s?$)/g, (_run, first: string, rest: string) => {
    return `${first}${rest.toLowerCase()}`
  })
  return `${words.charAt(0).toLowerCase()}${words.slice(1)}`
}

/** The name of a device, the last part of its ARN. */
export function deviceName(serialNumber: string): string {
  return serialNumber.split('/').at(-1) ?? serialNumber
}

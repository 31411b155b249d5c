import { toBuffer } from 'qrcode'

/**
 * What an authenticator application scans: exactly `otpauth://totp/$name@$account?secret=$seed`, the text that AWS IAM
 * puts into its QR code, with name and account percent-encoded. No `issuer` is added: the label already tells user and
 * account, and the form is IAM's own.
 *
 * @param account the account's alias, or its id
 */
export function otpauthUri({ name, account, seed }: { name: string; account: string; seed: string }): string {
  return `otpauth://totp/${encodeURIComponent(name)}@${encodeURIComponent(account)}?secret=${seed}`
}

/** The text as a QR code: a PNG in base64. */
export async function qrCodePng(text: string): Promise<string> {
  const png = await toBuffer(text, { type: 'png', errorCorrectionLevel: 'M', margin: 4, scale: 6 })
  return png.toString('base64')
}

/**
 * The file that the console offers for download after a key was made: IAM's header and one row, two lines with a line feed
 * between them and none after them. A carriage return would end up in the secret of everybody who cuts the file with the
 * tools of a shell. No value needs quoting: ids and secrets have neither comma, quote nor line end.
 */
export function accessKeyCsv(accessKeyId: string, secretAccessKey: string): string {
  return `Access key ID,Secret access key\n${accessKeyId},${secretAccessKey}`
}

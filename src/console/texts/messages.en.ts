export const en = {
  copy: (text: string) => `Copy ${text}`,
  copied: 'Copied',
  notCopied: 'Could not be copied',
}

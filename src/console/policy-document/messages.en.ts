export const en = {
  ERROR: 'Error',
  SECURITY_WARNING: 'Security warning',
  WARNING: 'Warning',
  SUGGESTION: 'Suggestion',
  noFindings: 'No findings.',
  findings: (count: string) => (count === '1' ? '1 finding:' : `${count} findings:`),
  line: (line: string) => `Line ${line}`,
  lineNumber: 'Line',
  code: 'Policy',
  copy: 'Copy the policy',
  copied: 'Copied',
  notCopied: 'Not copied',
}

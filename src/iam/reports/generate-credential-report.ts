import type { Call } from '../call.ts'
import { recorded } from '../recorded.ts'
import type { CredentialReports } from './credential-reports.ts'

/** iam:GenerateCredentialReport. The report says when it was made, so the call changes nothing that decides anything. */
export function generateCredentialReport(call: Call & { readonly credentialReports: CredentialReports }) {
  return recorded(call, {}, (tx) => call.credentialReports.generate(tx, call.principal.accountId))
}

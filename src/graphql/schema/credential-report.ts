import { everything } from '../../access/declaration.ts'
import { generateCredentialReport } from '../../iam/reports/generate-credential-report.ts'
import { builder } from '../builder.ts'
import { mutation } from '../operation.ts'

interface Report {
  content: string
  generatedAt: Date
}

const CredentialReport = builder.objectRef<Report>('CredentialReport').implement({
  description: 'All users of the account with the state of their passwords, keys and MFA devices.',
  fields: (t) => ({
    content: t.exposeString('content', { description: 'CSV, 22 columns; the first row is the root user.' }),
    reportFormat: t.string({ resolve: () => 'text/csv' }),
    generatedAt: t.expose('generatedAt', { type: 'DateTime' }),
  }),
})

const CredentialReportState = builder.enumType('CredentialReportState', {
  values: ['STARTED', 'INPROGRESS', 'COMPLETE'] as const,
})

builder.queryField('credentialReport', (t) =>
  t.field({
    type: CredentialReport,
    nullable: true,
    description:
      'The report that generateCredentialReport made. Errors: ReportNotPresent, ReportInProgress, ReportExpired after four hours.',
    access: { action: 'iam:GetCredentialReport', resource: () => everything() },
    resolve: (_parent, _args, { db, credentialReports, principal }) => credentialReports.read(db, principal.accountId),
  }),
)

mutation('generateCredentialReport', {
  description: 'Begins a report, unless the last one is younger than four hours.',
  needs: { action: 'iam:GenerateCredentialReport', on: () => everything() },
  run: generateCredentialReport,
  answer: (t) => ({
    state: t.expose('state', { type: CredentialReportState }),
    description: t.exposeString('description', { nullable: true }),
  }),
})

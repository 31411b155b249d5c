import { everything } from '../../access/declaration.ts'
import { generateCredentialReport } from '../../iam/reports/generate-credential-report.ts'
import { builder } from '../builder.ts'

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

const GenerateCredentialReportPayload = builder
  .objectRef<Awaited<ReturnType<typeof generateCredentialReport>>>('GenerateCredentialReportPayload')
  .implement({
    fields: (t) => ({
      state: t.expose('state', { type: CredentialReportState }),
      description: t.exposeString('description', { nullable: true }),
    }),
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

builder.mutationField('generateCredentialReport', (t) =>
  t.field({
    type: GenerateCredentialReportPayload,
    nullable: true,
    description: 'Begins a report, unless the last one is younger than four hours.',
    access: { action: 'iam:GenerateCredentialReport', resource: () => everything() },
    resolve: (_parent, _args, { call }) => generateCredentialReport(call),
  }),
)

import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Spinner from '@cloudscape-design/components/spinner'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { GuardedButton } from '../../access/guarded-button.tsx'
import { useCan } from '../../access/use-can.ts'
import { useQuery } from '../../api/use-query.ts'
import { downloadText } from '../../downloads/download-text.ts'
import { ErrorAlert } from '../../errors/error-alert.tsx'
import { useMessages } from '../../language/language.ts'
import { useFormat } from '../../language/use-format.ts'
import { PageFrame } from '../../page-frame/page-frame.tsx'
import { RootCredentialsDocument } from './documents.generated.ts'
import { KeyOwnerSearch } from './key-owner-search.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { ReportTable } from './report-table.tsx'
import { useReport } from './use-report.ts'

/** The state of everybody's credentials, and whose a key is. */
export function Component() {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  const { report, absence, error, loading, missing, generation, reload } = useReport()
  return (
    <PageFrame
      title={messages.title}
      description={report ? messages.generatedAt(format.dateTime(report.generatedAt)) : messages.description}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <Button
            iconName="download"
            disabled={report === null}
            onClick={() => report && downloadText(fileName(report.generatedAt), report.content)}
          >
            {messages.download}
          </Button>
          <GuardedButton
            variant="primary"
            needs={[{ action: 'iam:GenerateCredentialReport', resource: '*' }]}
            loading={generation.running}
            loadingText={messages.generating}
            onClick={() => void generation.run()}
          >
            {messages.generate}
          </GuardedButton>
        </SpaceBetween>
      }
    >
      <SpaceBetween size="l">
        {generation.error && <ErrorAlert error={generation.error} onRetry={() => void generation.run()} />}
        {error && <ErrorAlert error={error} onRetry={reload} />}
        {missing !== undefined && <StatusIndicator type="info">{missing}</StatusIndicator>}
        {generation.running && <StatusIndicator type="in-progress">{messages.generating}</StatusIndicator>}
        {report === null && loading && missing === undefined && <Spinner />}
        {absence !== undefined && !generation.running && (
          <Box textAlign="center" color="text-body-secondary">
            <Box variant="strong">{absence === 'ReportExpired' ? messages.expired : messages.none}</Box>
            <Box variant="p" color="text-body-secondary">
              {messages.noneHint}
            </Box>
          </Box>
        )}
        <RootKeys />
        {report && <ReportTable csv={report.content} />}
        <KeyOwnerSearch />
      </SpaceBetween>
    </PageFrame>
  )
}

/** As the console of AWS names it, in UTC: `status_reports_2026-01-31T15-04-05.csv`. */
function fileName(generatedAt: string): string {
  return `status_reports_${generatedAt.slice(0, 19).replaceAll(':', '-')}.csv`
}

/** The first thing to look at when a key is found: whether it can be the root user's. */
function RootKeys() {
  const messages = useMessages({ en, ko })
  const [summary] = useCan([{ action: 'iam:GetAccountSummary', resource: '*' }])
  const { data } = useQuery(RootCredentialsDocument, summary?.allowed ? {} : null)
  if (!data?.account) return null
  return data.account.rootAccessKeysPresent ? (
    <Alert type="warning">{messages.rootKeys}</Alert>
  ) : (
    <StatusIndicator type="success">{messages.noRootKeys}</StatusIndicator>
  )
}

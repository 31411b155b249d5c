import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import ProgressBar from '@cloudscape-design/components/progress-bar'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Spinner from '@cloudscape-design/components/spinner'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useCan } from '../../access/use-can.ts'
import { useQuery } from '../../api/use-query.ts'
import { ErrorAlert } from '../../errors/error-alert.tsx'
import { useMessages } from '../../language/language.ts'
import { useFormat } from '../../language/use-format.ts'
import { AccountOverviewDocument, type AccountOverviewQuery } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

type Account = NonNullable<AccountOverviewQuery['account']>

const COUNTED = [
  ['users', 'usersQuota'],
  ['groups', 'groupsQuota'],
  ['roles', 'rolesQuota'],
  ['policies', 'policiesQuota'],
  ['policyVersionsInUse', 'policyVersionsInUseQuota'],
] as const
const LIMITS = [
  'accessKeysPerUserQuota',
  'groupsPerUserQuota',
  'attachedPoliciesPerUserQuota',
  'attachedPoliciesPerGroupQuota',
  'attachedPoliciesPerRoleQuota',
  'versionsPerPolicyQuota',
  'policySizeQuota',
  'userPolicySizeQuota',
  'groupPolicySizeQuota',
  'rolePolicySizeQuota',
  'assumeRolePolicySizeQuota',
] as const

/** How much of everything there is, beside how much there may be. */
export function SummarySection() {
  const messages = useMessages({ en, ko })
  const [reading] = useCan([{ action: 'iam:GetAccountSummary', resource: '*' }])
  const { data, error, reload } = useQuery(AccountOverviewDocument, reading?.allowed ? {} : null)
  return (
    <Container header={<Header variant="h2">{messages.summary}</Header>}>
      {reading?.disabledReason !== undefined && <StatusIndicator type="info">{reading.disabledReason}</StatusIndicator>}
      {error && <ErrorAlert error={error} onRetry={reload} />}
      {reading?.allowed && data === null && !error && <Spinner />}
      {data?.account && <Summary account={data.account} />}
    </Container>
  )
}

function Summary({ account }: { readonly account: Account }) {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  const { summary, rootAccessKeysPresent, rootMfaEnabled, createdAt } = account
  return (
    <SpaceBetween size="l">
      <KeyValuePairs
        columns={3}
        items={[
          ...COUNTED.map(([name, quota]) => ({
            label: messages[name],
            value: (
              <ProgressBar
                ariaLabel={messages[name]}
                value={(100 * summary[name]) / summary[quota]}
                additionalInfo={messages.used(summary[name], summary[quota])}
              />
            ),
          })),
          { label: messages.providers, value: summary.providers },
          { label: messages.mfaDevices, value: messages.inUse(summary.mfaDevices, summary.mfaDevicesInUse) },
          {
            label: messages.root,
            value: (
              <SpaceBetween size="xxs">
                <StatusIndicator type={rootAccessKeysPresent ? 'warning' : 'success'}>
                  {rootAccessKeysPresent ? messages.rootKeys : messages.rootNoKeys}
                </StatusIndicator>
                <StatusIndicator type={rootMfaEnabled ? 'success' : 'warning'}>
                  {rootMfaEnabled ? messages.rootMfa : messages.rootNoMfa}
                </StatusIndicator>
              </SpaceBetween>
            ),
          },
          { label: messages.created, value: format.dateTime(createdAt) },
        ]}
      />
      <Header variant="h3">{messages.limits}</Header>
      <KeyValuePairs columns={4} items={LIMITS.map((name) => ({ label: messages[name], value: summary[name] }))} />
    </SpaceBetween>
  )
}

import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { ErrorAlert } from '../../errors/error-alert.tsx'
import { useMessages } from '../../language/language.ts'
import { AppLink } from '../../links/app-link.tsx'
import { Finding } from './finding.tsx'
import { OLD_DAYS } from './findings.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import type { Overview } from './use-overview.ts'

const NAMES_SHOWN = 5

/** What should be done about credentials, as far as the person may see it. */
export function AttentionSection({ overview }: { readonly overview: Overview }) {
  const messages = useMessages({ en, ko })
  const { account, findings, withoutReport, unusedKeys, denials, signatures, errors, blind } = overview
  const named = (names: readonly string[]) => {
    const unique = [...new Set(names)]
    const shown = unique.slice(0, NAMES_SHOWN).join(', ')
    return unique.length > NAMES_SHOWN ? messages.more(shown, unique.length - NAMES_SHOWN) : shown
  }
  const amount = ({ length }: readonly unknown[], more: boolean) => (more ? messages.orMore(length) : String(length))
  const report = <AppLink href="/credential-report">{messages.toReport}</AppLink>
  return (
    <Container
      header={
        <Header variant="h2" description={messages.attentionHint}>
          {messages.attention}
        </Header>
      }
    >
      <SpaceBetween size="m">
        {blind && <StatusIndicator type="info">{messages.nothingToSee}</StatusIndicator>}
        {errors.map((error) => (
          <ErrorAlert key={error.code} error={error} />
        ))}
        {account && (
          <SpaceBetween size="m">
            <Finding
              ok={!account.rootAccessKeysPresent}
              text={account.rootAccessKeysPresent ? messages.rootKeys : messages.noRootKeys}
              hint={messages.rootKeysHint}
            />
            <Finding
              ok={!account.rootPasswordUnchanged}
              text={account.rootPasswordUnchanged ? messages.rootPassword : messages.rootPasswordChanged}
              hint={messages.rootPasswordHint}
            />
            <Finding
              ok={account.rootMfaEnabled}
              text={account.rootMfaEnabled ? messages.rootMfa : messages.rootNoMfa}
              hint={messages.rootNoMfaHint}
            />
          </SpaceBetween>
        )}
        {findings && (
          <SpaceBetween size="m">
            <Finding
              ok={findings.oldKeys.length === 0}
              text={messages.oldKeys(findings.oldKeys.length, OLD_DAYS)}
              hint={
                <>
                  {named(findings.oldKeys)} · {report}
                </>
              }
            />
            <Finding
              ok={findings.withoutMfa.length === 0}
              text={messages.noMfaUsers(findings.withoutMfa.length)}
              hint={
                <>
                  {named(findings.withoutMfa)} · {report}
                </>
              }
            />
          </SpaceBetween>
        )}
        {withoutReport && (
          <StatusIndicator type="info">
            {messages.noReport} <AppLink href="/credential-report">{messages.makeReport}</AppLink>
          </StatusIndicator>
        )}
        {unusedKeys && (
          <Finding
            ok={unusedKeys.nodes.length === 0}
            text={messages.unusedKeys(amount(unusedKeys.nodes, unusedKeys.more), OLD_DAYS)}
            hint={named(unusedKeys.nodes.map(({ userName, accessKeyId }) => `${userName} (${accessKeyId})`))}
          />
        )}
        {denials && (
          <Finding
            ok={denials.nodes.length === 0}
            text={messages.denials(amount(denials.nodes, denials.more))}
            hint={<AppLink href="/audit?result=DENIED&last=86400">{messages.toAudit}</AppLink>}
          />
        )}
        {signatures && (
          <Finding
            ok={signatures.length === 0}
            text={messages.signatureCount(signatures.reduce((sum, { count }) => sum + count, 0))}
            hint={named(signatures.map(({ accessKeyId }) => accessKeyId ?? messages.several))}
          />
        )}
      </SpaceBetween>
    </Container>
  )
}

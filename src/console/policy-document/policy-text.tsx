import CodeView from '@cloudscape-design/code-view/code-view'
import highlightJson from '@cloudscape-design/code-view/highlight/json'
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import { useMessages } from '../language/language.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { readable } from './readable.ts'

interface PolicyTextProps {
  readonly label: string
  readonly text: string
}

/** A policy to read, as it was written. */
export function PolicyText({ label, text }: PolicyTextProps) {
  const messages = useMessages({ en, ko })
  return (
    <CodeView
      ariaLabel={label}
      content={readable(text)}
      lineNumbers
      wrapLines
      highlight={highlightJson}
      i18nStrings={{ lineNumberLabel: messages.lineNumber, codeLabel: messages.code }}
      actions={
        <CopyToClipboard
          variant="icon"
          textToCopy={text}
          copyButtonAriaLabel={messages.copy}
          copySuccessText={messages.copied}
          copyErrorText={messages.notCopied}
        />
      }
    />
  )
}

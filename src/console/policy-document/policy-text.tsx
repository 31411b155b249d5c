import CodeView from '@cloudscape-design/code-view/code-view'
import highlightJson from '@cloudscape-design/code-view/highlight/json'
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import { useMemo } from 'react'
import { useMessages } from '../language/language.ts'
import { withMarks } from './highlight-marks.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import './policy-document.css'
import { markStatements, type StatementPlace } from './statement-marks.ts'

const NO_PLACES: readonly StatementPlace[] = []

interface PolicyTextProps {
  readonly label: string
  readonly text: string
  /** Statements of the text that are marked. */
  readonly marked?: readonly StatementPlace[]
}

/** A policy to read, as it was written. */
export function PolicyText({ label, text, marked = NO_PLACES }: PolicyTextProps) {
  const messages = useMessages({ en, ko })
  const { content, marks } = useMemo(() => markStatements(text, marked), [text, marked])
  const highlight = useMemo(() => {
    const found = marks.filter((mark) => mark !== null)
    return found.length === 0 ? highlightJson : (code: string) => withMarks(highlightJson(code), found)
  }, [marks])
  return (
    <CodeView
      ariaLabel={label}
      content={content}
      lineNumbers
      wrapLines
      highlight={highlight}
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

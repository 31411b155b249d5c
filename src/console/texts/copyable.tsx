import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import { useMessages } from '../language/language.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

/** An ARN, an id or a key id, with a button that copies it. It breaks anywhere, because it has no blanks to break at. */
export function Copyable({ text }: { readonly text: string }) {
  const messages = useMessages({ en, ko })
  return (
    <span className="breaking-text">
      <CopyToClipboard
        variant="inline"
        textToCopy={text}
        copyButtonAriaLabel={messages.copy(text)}
        copySuccessText={messages.copied}
        copyErrorText={messages.notCopied}
      />
    </span>
  )
}

import { type ReactNode, useEffect } from 'react'
import { OutageNotice } from '../../errors/outage-notice.tsx'
import { LANGUAGES, setLanguage, useLanguage, useMessages } from '../../language/language.ts'
import { Link } from '../../plain/link.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import './sign-in-frame.css'

const LANGUAGE_NAMES = { en: 'English', ko: '한국어' }

interface SignInFrameProps {
  readonly title: string
  readonly description?: string
  readonly children: ReactNode
}

/** One form in the middle of an empty page: everything before somebody is signed in. */
export function SignInFrame({ title, description, children }: SignInFrameProps) {
  const messages = useMessages({ en, ko })
  const language = useLanguage()
  useEffect(() => {
    document.title = `${title} - Latchkey`
  }, [title])
  return (
    <main className="plain plain-stack sign-in-frame">
      <div className="sign-in-product">Latchkey</div>
      <OutageNotice />
      <div className="plain-card">
        <h1>{title}</h1>
        {description !== undefined && <p>{description}</p>}
        {children}
      </div>
      <nav aria-label={messages.language} className="sign-in-languages">
        {LANGUAGES.map((other) => (
          <span key={other} lang={other}>
            {other === language ? (
              <strong>{LANGUAGE_NAMES[other]}</strong>
            ) : (
              <Link onFollow={() => setLanguage(other)}>{LANGUAGE_NAMES[other]}</Link>
            )}
          </span>
        ))}
      </nav>
    </main>
  )
}

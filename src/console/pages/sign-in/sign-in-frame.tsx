import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type ReactNode, useEffect } from 'react'
import { OutageNotice } from '../../errors/outage-notice.tsx'
import { LANGUAGES, setLanguage, useLanguage, useMessages } from '../../language/language.ts'
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
    <main className="sign-in-frame">
      <SpaceBetween size="l">
        <Box textAlign="center" fontSize="heading-xl" fontWeight="bold">
          Latchkey
        </Box>
        <OutageNotice />
        <Container
          header={
            <Header variant="h1" description={description}>
              {title}
            </Header>
          }
        >
          {children}
        </Container>
        <nav aria-label={messages.language} className="sign-in-languages">
          {LANGUAGES.map((other) => (
            <span key={other} lang={other}>
              {other === language ? (
                <Box variant="span" fontWeight="bold">
                  {LANGUAGE_NAMES[other]}
                </Box>
              ) : (
                <Link onFollow={() => setLanguage(other)}>{LANGUAGE_NAMES[other]}</Link>
              )}
            </span>
          ))}
        </nav>
      </SpaceBetween>
    </main>
  )
}

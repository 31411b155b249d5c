import { useRef, useState } from 'react'
import { request } from '../api/request.ts'
import { useAction } from '../api/use-action.ts'
import { useMessages } from '../language/language.ts'
import { type Breadcrumb } from '../page-frame/breadcrumbs.tsx'
import { PageFrame } from '../page-frame/page-frame.tsx'
import { BestPracticesStep } from './best-practices-step.tsx'
import { DescriptionStep } from './description-step.tsx'
import { CreateAccessKeyDocument, type CreateAccessKeyMutation } from './documents.generated.ts'
import { type KeyOwner, ownerInput } from './key-owner.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { RetrieveStep } from './retrieve-step.tsx'

interface CreateAccessKeyProps {
  readonly owner: KeyOwner
  /** Without a name it is the root user's key. */
  readonly ownerName: string | null
  readonly breadcrumbs: readonly Breadcrumb[]
  /** Back to the keys, with or without a new one. */
  readonly onLeave: () => void
}

type Created = NonNullable<CreateAccessKeyMutation['createAccessKey']>

/** The three steps to a new key. The secret is in the state of this component only, and goes with it. */
export function CreateAccessKey({ owner, ownerName, breadcrumbs, onLeave }: CreateAccessKeyProps) {
  const messages = useMessages({ en, ko })
  const [step, setStep] = useState<'practices' | 'description'>('practices')
  const [description, setDescription] = useState('')
  const [created, setCreated] = useState<Created | null>(null)
  // The same for every try: an answer that was lost on its way does not leave a key behind that nobody has the secret of.
  const clientToken = useRef(newToken())
  const creation = useAction(async () => {
    const { data } = await request(CreateAccessKeyDocument, {
      input: { ...ownerInput(owner), clientToken: clientToken.current, ...(description !== '' && { description }) },
    })
    setCreated(data.createAccessKey)
  })

  if (created) {
    const fileName = ownerName === null ? 'rootkey.csv' : `${ownerName}_accessKeys.csv`
    return (
      <PageFrame title={messages.retrieveTitle} description={messages.step(3)} breadcrumbs={breadcrumbs}>
        <RetrieveStep
          accessKeyId={created.accessKey.accessKeyId}
          secret={created.secretAccessKey}
          csv={created.csv}
          fileName={fileName}
          onDone={onLeave}
        />
      </PageFrame>
    )
  }
  if (step === 'description') {
    return (
      <PageFrame title={messages.tagTitle} description={messages.step(2)} breadcrumbs={breadcrumbs}>
        <DescriptionStep
          owner={owner}
          description={description}
          onDescription={setDescription}
          creation={creation}
          onPrevious={() => setStep('practices')}
          onCancel={onLeave}
        />
      </PageFrame>
    )
  }
  return (
    <PageFrame title={messages.practicesTitle} description={messages.step(1)} breadcrumbs={breadcrumbs}>
      <BestPracticesStep onNext={() => setStep('description')} onCancel={onLeave} />
    </PageFrame>
  )
}

/** randomUUID is missing where the page came over plain HTTP. */
function newToken(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

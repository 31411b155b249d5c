import { type Asker, asker, forAll } from '../tracing/index.ts'

/** As many questions as one statement carries. */
const LARGEST = 200

interface Waiting<Question, Answer> {
  readonly by: Asker
  readonly question: Question
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
}

/**
 * Questions that come up in the same turn of the event loop go to the database together, because a statement costs more than
 * what it reads. Nothing is kept: each answer was read after its question was asked.
 *
 * `answerAll` answers in the order of the questions; when it fails, all of them fail.
 */
export function inBatches<Question, Answer>(
  answerAll: (questions: readonly Question[]) => Promise<readonly Answer[]>,
): (question: Question) => Promise<Answer> {
  let waiting: Waiting<Question, Answer>[] = []

  function send(): void {
    const batch = waiting
    waiting = []
    const askers = batch.map(({ by }) => by)
    forAll(askers, () => answerAll(batch.map(({ question }) => question))).then(
      (answers) => batch.forEach(({ resolve }, i) => resolve(answers[i]!)),
      (error: unknown) => batch.forEach(({ reject }) => reject(error)),
    )
  }

  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ by: asker(), question, resolve, reject })
      if (waiting.length === LARGEST) send()
      // After all that has arrived on sockets by now, before anything that arrives later.
      else if (waiting.length === 1) setImmediate(() => waiting.length > 0 && send())
    })
}

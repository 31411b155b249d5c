export const en = {
  partly: 'What is ticked is done and stays so. Trying again goes on where it stopped.',
  nothingDone: 'Nothing was changed.',
  pending: 'Not done',
  running: 'In progress',
  done: 'Done',
  failed: 'Failed',
}

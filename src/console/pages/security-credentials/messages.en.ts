export const en = {
  title: 'My security credentials',
  of: (name: string) => `What you, ${name}, sign in and sign requests with.`,
  ofRoot: 'What the root user signs in and signs requests with.',
}

export const en = {
  USER: 'User name',
  GROUP: 'Group name',
  ROLE: 'Role name',
  policyArn: 'ARN of the policy',
  choose: 'Choose or type a name',
  none: 'Nothing found. You can type it.',
  typeName: 'Type the name.',
  use: (typed: string) => `Use: "${typed}"`,
}

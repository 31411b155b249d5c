/** The name of every account's root user, as IAM's credential report has it. No user can take it: it holds characters that names may not. */
export const ROOT_USER_NAME = '<root_account>'

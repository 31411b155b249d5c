import { type BuiltInPolicy, documentOf } from './built-in-policy.ts'
import { OWN_USER } from './own-user.ts'

export const iamUserSshKeys: BuiltInPolicy = {
  id: 'ANPALATCHKEYUSERSSHKE',
  name: 'IAMUserSSHKeys',
  description: 'Users upload, see, deactivate and delete their own SSH public keys.',
  version: 1,
  document: documentOf([
    {
      Sid: 'OwnSSHKeys',
      Effect: 'Allow',
      Action: [
        'iam:DeleteSSHPublicKey',
        'iam:GetSSHPublicKey',
        'iam:ListSSHPublicKeys',
        'iam:UpdateSSHPublicKey',
        'iam:UploadSSHPublicKey',
      ],
      Resource: OWN_USER,
    },
  ]),
}

export const iamSelfManageServiceSpecificCredentials: BuiltInPolicy = {
  id: 'ANPALATCHKEYSERVICECR',
  name: 'IAMSelfManageServiceSpecificCredentials',
  description: 'Users create, see, reset, deactivate and delete their own service-specific credentials.',
  version: 1,
  document: documentOf([
    {
      Sid: 'OwnServiceSpecificCredentials',
      Effect: 'Allow',
      Action: [
        'iam:CreateServiceSpecificCredential',
        'iam:DeleteServiceSpecificCredential',
        'iam:ListServiceSpecificCredentials',
        'iam:ResetServiceSpecificCredential',
        'iam:UpdateServiceSpecificCredential',
      ],
      Resource: OWN_USER,
    },
  ]),
}

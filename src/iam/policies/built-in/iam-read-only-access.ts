import { type BuiltInPolicy, documentOf } from './built-in-policy.ts'

export const iamReadOnlyAccess: BuiltInPolicy = {
  id: 'ANPALATCHKEYIAMREADON',
  name: 'IAMReadOnlyAccess',
  description: 'Sees everything in IAM, reports and simulations included, and changes nothing.',
  version: 1,
  document: documentOf([
    {
      Sid: 'ReadIAM',
      Effect: 'Allow',
      Action: [
        'iam:GenerateCredentialReport',
        'iam:Get*',
        'iam:List*',
        'iam:SimulateCustomPolicy',
        'iam:SimulatePrincipalPolicy',
      ],
      Resource: '*',
    },
  ]),
}

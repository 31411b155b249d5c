import { DOCUMENT, type Play } from '../stage.ts'

const RED = [{ key: 'Team', value: 'red' }]

export const usersByGraphql: Play = async ({ ask, as, root, user, arn }) => {
  await ask('createUser', { userName: 'Ann', path: '/staff/', tags: RED })
  await ask('createUser', { userName: 'bob', path: '/staff/night/' })
  await ask('createUser', { userName: 'Carol' })
  await ask('createUser', { userName: 'ANN' })
  await ask('createUser', { userName: 'no good' })
  await ask('createUser', { userName: 'x'.repeat(65), path: 'nowhere' })
  await ask('createUser', { userName: 'Dan', tags: [...RED, { key: 'team', value: 'blue' }] })
  await ask('createUser', { userName: 'Dan', permissionsBoundary: arn('policy/None') })
  await ask('createUser', { userName: 'Dan', tags: [{ key: 'aws:x', value: 'y' }] })
  const tagger = await user('Hand', [{ action: 'iam:CreateUser' }])
  await as(tagger).ask('createUser', { userName: 'Dan', tags: RED })

  await ask('user', { name: 'Ann' }, { deep: 5 })
  await ask('user', { name: 'ann' })
  await ask('user', {})
  await as(root).ask('user', {})
  await ask('user', { name: 'Nobody-there' })
  await ask('users', {})
  await ask('users', { first: 2 })
  const page = await ask('users', { first: 2, pathPrefix: '/staff/' })
  await ask('users', { first: 2, after: page.text('pageInfo.endCursor') })
  await ask('users', { last: 1 })
  await ask('users', { first: 1, last: 1 })
  await ask('users', { first: 0 })
  await ask('users', { after: 'nowhere' })
  await ask('users', { pathPrefix: 'staff' })
  await ask('users', { search: 'AN' })
  await ask('users', { orderBy: { field: 'CREATED_AT', direction: 'DESC' } })

  await ask('tagUser', {
    userName: 'Ann',
    tags: [
      { key: 'TEAM', value: 'green' },
      { key: 'site', value: '' },
    ],
  })
  await ask('tagUser', { userName: 'Ann', tags: [{ key: '', value: 'x' }] })
  await ask('tagUser', { userName: 'Nobody-there', tags: RED })
  await ask('userTags', { userName: 'Ann' })
  await ask('untagUser', { userName: 'Ann', tagKeys: ['team', 'none'] })
  await ask('userTags', { userName: 'Ann' })

  await ask('updateUser', { userName: 'Ann', newUserName: 'Anna', newPath: '/' })
  await ask('updateUser', { userName: 'Anna', newUserName: 'carol' })
  await ask('updateUser', { userName: 'Ann', newUserName: 'Ann2' })
  await ask('updateUser', { userName: 'Anna', newUserName: 'anna' })

  await as(root).ask('putUserPolicy', { userName: 'bob', policyName: 'p', policyDocument: DOCUMENT })
  await ask('deleteUser', { userName: 'bob' })
  await as(root).ask('deleteUserPolicy', { userName: 'bob', policyName: 'p' })
  await ask('deleteUser', { userName: 'bob' })
  await ask('deleteUser', { userName: 'bob' })
  await ask('node', { id: Buffer.from('User:nothing').toString('base64') })
  await ask('node', { id: 'no id' })
}

export const usersByAws: Play = async ({ call, as, root, nobody, arn }) => {
  const Tags = [{ Key: 'Team', Value: 'red & "blue"' }]
  await call('CreateUser', { UserName: 'Ann', Path: '/staff/', Tags })
  await call('CreateUser', { UserName: 'ann' })
  await call('CreateUser', { UserName: 'bob', Path: '/staff/night/' })
  await call('CreateUser', { UserName: 'Carol' })
  await call('CreateUser', { UserName: 'no good' })
  await call('CreateUser', { UserName: 'Dan', Path: 'nowhere' })
  await call('CreateUser', { UserName: 'Dan', PermissionsBoundary: arn('policy/None') })
  await call('CreateUser', { UserName: 'Dan', Tags: [...Tags, { Key: 'team', Value: '' }] })
  await call('GetUser', { UserName: 'ANN' })
  await call('GetUser')
  await as(root).call('GetUser')
  await as(nobody).call('GetUser')
  await call('GetUser', { UserName: 'Nobody-there' })
  await call('ListUsers')
  const page = await call('ListUsers', { PathPrefix: '/', MaxItems: '2' })
  await call('ListUsers', { PathPrefix: '/', MaxItems: '2', Marker: page.text('Marker') })
  await call('ListUsers', { PathPrefix: '/staff/' })
  await call('ListUsers', { Marker: 'nowhere' })
  await call('ListUsers', { PathPrefix: 'staff' })
  await call('TagUser', {
    UserName: 'Ann',
    Tags: [
      { Key: 'TEAM', Value: 'green' },
      { Key: 'site', Value: '' },
    ],
  })
  await call('TagUser', { UserName: 'Nobody-there', Tags })
  await call('ListUserTags', { UserName: 'Ann' })
  const tags = await call('ListUserTags', { UserName: 'Ann', MaxItems: '1' })
  await call('ListUserTags', { UserName: 'Ann', Marker: tags.text('Marker') })
  await call('UntagUser', { UserName: 'Ann', TagKeys: ['team', 'none'] })
  await call('ListUserTags', { UserName: 'Nobody-there' })
  await call('UpdateUser', { UserName: 'Ann', NewUserName: 'Anna', NewPath: '/' })
  await call('UpdateUser', { UserName: 'Anna', NewUserName: 'carol' })
  await call('UpdateUser', { UserName: 'Ann', NewPath: '/' })
  await as(root).call('PutUserPolicy', { UserName: 'bob', PolicyName: 'p', PolicyDocument: DOCUMENT })
  await call('DeleteUser', { UserName: 'bob' })
  await as(root).call('DeleteUserPolicy', { UserName: 'bob', PolicyName: 'p' })
  await call('DeleteUser', { UserName: 'bob' })
  await call('DeleteUser', { UserName: 'bob' })
}

// Types that several templates share.
@description('An app setting and the key vault secret behind it.')
@export()
type feedCredential = {
  @description('Name of the app setting: letters, digits and underscores. The feeds file gives it as "credential".')
  setting: string
  @description('Name of the secret in the vault.')
  secret: string
}

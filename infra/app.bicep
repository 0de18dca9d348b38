// The Functions app on Flex Consumption, signed in everywhere by its identity.
import { feedCredential } from 'types.bicep'

param location string
param tags object
param token string
param identityId string
param identityClientId string
param storageAccountName string
param containerName string
param deploymentContainerName string
param applicationInsightsName string
param vaultUri string
param feedCredentials feedCredential[]
param subnetId string
param instanceMemoryMB int
param tracesPerSecond string
param maximumInstanceCount int
param userAgentContact string
param pollSchedule string
param deduplicateSchedule string
param reportSchedule string
param allowHosts string
param feedsFile string
param keepCapturesDays int
param keepArticlesDays int
param keepQuarantineDays int
param rawPages string
param learnDays int

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: storageAccountName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: applicationInsightsName
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan-ingest-${token}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true }
}

resource site 'Microsoft.Web/sites@2024-04-01' = {
  name: 'func-ingest-${token}'
  location: location
  tags: union(tags, { 'azd-service-name': 'ingest' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: { minTlsVersion: '1.2' }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${account.properties.primaryEndpoints.blob}${deploymentContainerName}'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
    }
  }
}

// Deployments sign in; there is no user name and password to leak.
resource ftp 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: site
  name: 'ftp'
  properties: { allow: false }
}

resource scm 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: site
  name: 'scm'
  properties: { allow: false }
}

resource settings 'Microsoft.Web/sites/config@2024-04-01' = {
  parent: site
  name: 'appsettings'
  properties: union(
    {
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identityClientId
      AzureWebJobsStorage__blobServiceUri: account.properties.primaryEndpoints.blob
      AzureWebJobsStorage__queueServiceUri: account.properties.primaryEndpoints.queue
      AzureWebJobsStorage__tableServiceUri: account.properties.primaryEndpoints.table
      APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
      OTEL_SERVICE_NAME: 'ingest'
      OTEL_TRACES_SAMPLER: 'microsoft.rate_limited'
      OTEL_TRACES_SAMPLER_ARG: tracesPerSecond
      // Our own clients: this identity, and no search through the other kinds at a cold start.
      AZURE_CLIENT_ID: identityClientId
      AZURE_TOKEN_CREDENTIALS: 'ManagedIdentityCredential'
      IngestStore: '${account.properties.primaryEndpoints.blob}${containerName}'
      PollSchedule: pollSchedule
      DeduplicateSchedule: deduplicateSchedule
      ReportSchedule: reportSchedule
      FeedQueue: 'feeds'
      ArticleQueue: 'articles'
      ReplayQueue: 'replays'
      UserAgentContact: userAgentContact
      AllowHosts: allowHosts
      FeedsFile: feedsFile
      KeepCapturesDays: string(keepCapturesDays)
      KeepArticlesDays: string(keepArticlesDays)
      KeepQuarantineDays: string(keepQuarantineDays)
      RawPages: rawPages
      LearnDays: string(learnDays)
    },
    toObject(
      feedCredentials,
      credential => credential.setting,
      credential => '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${credential.secret}/)'
    )
  )
}

output name string = site.name
output statusUrl string = 'https://${site.properties.defaultHostName}/api/status'

// The parts, in the order in which they need each other.
import { feedCredential } from 'types.bicep'

param location string
param tags object
param token string
param userAgentContact string
param operatorPrincipalId string
param operatorPrincipalType string
param alertEmail string
param pollSchedule string
param deduplicateSchedule string
param reportSchedule string
param allowHosts string
param feedsFile string
param feedCredentials feedCredential[]
param instanceMemoryMB int
param maximumInstanceCount int
param storageSku string
param captureCoolAfterDays int
param captureColdAfterDays int
param captureArchiveAfterDays int
param keepCapturesDays int
param keepArticlesDays int
param keepQuarantineDays int
param rawPages string
param learnDays int
param logRetentionDays int
param logDailyCapGb int
param tracesPerSecond string
param silentHours int
param privateNetworking bool
param allowedAddresses string[]

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-ingest-${token}'
  location: location
  tags: tags
}

module storage 'storage.bicep' = {
  name: 'ingest-storage'
  params: {
    location: location
    tags: tags
    accountName: 'st${token}'
    sku: storageSku
    captureCoolAfterDays: captureCoolAfterDays
    captureColdAfterDays: captureColdAfterDays
    captureArchiveAfterDays: captureArchiveAfterDays
    keepCapturesDays: keepCapturesDays
    isPrivate: privateNetworking
    allowedAddresses: allowedAddresses
  }
}

module monitoring 'monitoring.bicep' = {
  name: 'ingest-monitoring'
  params: {
    location: location
    tags: tags
    token: token
    retentionDays: logRetentionDays
    dailyCapGb: logDailyCapGb
  }
}

module vault 'vault.bicep' = if (!empty(feedCredentials)) {
  name: 'ingest-vault'
  params: {
    location: location
    tags: tags
    vaultName: 'kv-${token}'
    readerPrincipalId: identity.properties.principalId
    operatorPrincipalId: operatorPrincipalId
    operatorPrincipalType: operatorPrincipalType
  }
}

module network 'network.bicep' = if (privateNetworking) {
  name: 'ingest-network'
  params: {
    location: location
    tags: tags
    token: token
    storageAccountName: storage.outputs.accountName
  }
}

module access 'access.bicep' = {
  name: 'ingest-access'
  params: {
    storageAccountName: storage.outputs.accountName
    containerName: storage.outputs.containerName
    applicationInsightsName: monitoring.outputs.applicationInsightsName
    appPrincipalId: identity.properties.principalId
    operatorPrincipalId: operatorPrincipalId
    operatorPrincipalType: operatorPrincipalType
  }
}

module app 'app.bicep' = {
  name: 'ingest-app'
  params: {
    location: location
    tags: tags
    token: token
    identityId: identity.id
    identityClientId: identity.properties.clientId
    storageAccountName: storage.outputs.accountName
    containerName: storage.outputs.containerName
    deploymentContainerName: storage.outputs.deploymentContainerName
    applicationInsightsName: monitoring.outputs.applicationInsightsName
    vaultUri: empty(feedCredentials) ? '' : vault!.outputs.uri
    feedCredentials: feedCredentials
    subnetId: privateNetworking ? network!.outputs.appSubnetId : ''
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    tracesPerSecond: tracesPerSecond
    userAgentContact: userAgentContact
    pollSchedule: pollSchedule
    deduplicateSchedule: deduplicateSchedule
    reportSchedule: reportSchedule
    allowHosts: allowHosts
    feedsFile: feedsFile
    keepCapturesDays: keepCapturesDays
    keepArticlesDays: keepArticlesDays
    keepQuarantineDays: keepQuarantineDays
    rawPages: rawPages
    learnDays: learnDays
  }
  // The app signs in at its first start: its roles must be there before it.
  dependsOn: [access]
}

module alerts 'alerts.bicep' = {
  name: 'ingest-alerts'
  params: {
    location: location
    tags: tags
    applicationInsightsId: monitoring.outputs.applicationInsightsId
    email: alertEmail
    silentHours: silentHours
  }
}

output functionAppName string = app.outputs.name
output storageAccountName string = storage.outputs.accountName
output store string = storage.outputs.store
output statusUrl string = app.outputs.statusUrl

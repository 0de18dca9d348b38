// One storage account holds everything: the store, the queues, the host's leases and the deployed package. Nobody has a key to it.
param location string
param tags object
param accountName string
param sku string
param captureCoolAfterDays int
param captureColdAfterDays int
param captureArchiveAfterDays int
param keepCapturesDays int
param isPrivate bool
param allowedAddresses string[]

var store = 'ingest'
var deployment = 'deployment'
var queueNames = ['feeds', 'articles', 'replays', 'feeds-poison', 'articles-poison', 'replays-poison']
var archive = captureArchiveAfterDays == 0
  ? {}
  : { tierToArchive: { daysAfterModificationGreaterThan: captureArchiveAfterDays } }
// The app deletes by day; this is for what is left when it did not run.
var expiry = keepCapturesDays == 0 ? {} : { delete: { daysAfterModificationGreaterThan: keepCapturesDays + 1 } }

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: accountName
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    accessTier: 'Hot'
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: isPrivate && empty(allowedAddresses) ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: 'None'
      defaultAction: isPrivate ? 'Deny' : 'Allow'
      ipRules: [for address in (isPrivate ? allowedAddresses : []): { value: address, action: 'Allow' }]
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2024-01-01' = {
  parent: account
  name: 'default'
  properties: {
    // A deletion by mistake can be taken back for a week. What the pipeline deletes itself (inbox, pending) is small.
    deleteRetentionPolicy: { enabled: true, days: 7 }
    containerDeleteRetentionPolicy: { enabled: true, days: 7 }
  }
}

resource containers 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' = [
  for name in [store, deployment]: {
    parent: blobs
    name: name
    properties: { publicAccess: 'None' }
  }
]

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2024-01-01' = {
  parent: account
  name: 'default'
}

resource queues 'Microsoft.Storage/storageAccounts/queueServices/queues@2024-01-01' = [
  for name in queueNames: {
    parent: queueService
    name: name
  }
]

resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2024-01-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          name: 'captures-to-cooler-tiers'
          type: 'Lifecycle'
          enabled: true
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['${store}/capture/'] }
            actions: {
              baseBlob: union(
                {
                  tierToCool: { daysAfterModificationGreaterThan: captureCoolAfterDays }
                  tierToCold: { daysAfterModificationGreaterThan: captureColdAfterDays }
                },
                archive,
                expiry
              )
            }
          }
        }
      ]
    }
  }
}

output accountName string = account.name
output containerName string = store
output deploymentContainerName string = deployment
output store string = '${account.properties.primaryEndpoints.blob}${store}'

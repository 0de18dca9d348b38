// Everything that IngestPipeline needs in Azure, in a resource group of its own. `azd up` deploys it; `az deployment sub create` does too.
// What each parameter costs stands in README.md beside this file.
targetScope = 'subscription'

import { feedCredential } from 'types.bicep'

@description('Name of the environment; part of every resource\'s name.')
@minLength(1)
@maxLength(32)
param environmentName string

@description('Region; it must offer Flex Consumption: `az functionapp list-flexconsumption-locations`.')
param location string

@description('Who answers when a publisher asks about the requests: an address of a page or a mailbox. It stands in the User-Agent of every request.')
@minLength(6)
param userAgentContact string

@description('Object id of the person or service that runs the deployment and keeps the feeds file; empty grants nobody but the app.')
param operatorPrincipalId string = ''

@description('What the operator is.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param operatorPrincipalType string = 'User'

@description('Where alerts are mailed to; empty shows them in the portal only.')
param alertEmail string = ''

@description('When feeds are looked at: six-field NCRONTAB, UTC.')
param pollSchedule string = '0 * * * * *'

@description('When copies are decided and records are written: six-field NCRONTAB, UTC.')
param deduplicateSchedule string = '30 * * * * *'

@description('When roll-ups and the report are written: six-field NCRONTAB, UTC.')
param reportSchedule string = '0 5 * * * *'

@description('Hosts or networks besides the public internet that may be reached: exact host[:port] or CIDR, comma-separated. Leave it empty unless a feed of your own needs it.')
param allowHosts string = ''

@description('Name of the feeds file in the store.')
param feedsFile string = 'config/feeds.json'

@description('Secrets of feeds: app setting that the feeds file names, and the secret of the key vault that holds "Header: value". A vault is made when there is one.')
param feedCredentials feedCredential[] = []

@description('Memory of an instance in MB. 2048 holds the models and a copy index of some 1,000,000 articles; 512 is too little.')
@allowed([2048, 4096])
param instanceMemoryMB int = 2048

@description('Most instances at once: the ceiling of what a day of big news can cost.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Redundancy of the storage account.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS'])
param storageSku string = 'Standard_LRS'

@description('Days after which captures go to the cool tier; they are read again only by replays.')
@minValue(1)
param captureCoolAfterDays int = 30

@description('Days after which captures go to the cold tier.')
@minValue(2)
param captureColdAfterDays int = 90

@description('Days after which captures go to the archive tier, from which they must be brought back over hours before a replay can read them; 0 never.')
@minValue(0)
param captureArchiveAfterDays int = 0

@description('Days that captures are kept, 2 or more; 0 for ever. The app lets go of them day by day, and a lifecycle rule after it.')
@minValue(0)
param keepCapturesDays int = 0

@description('Days that articles, records and decisions are kept, 15 or more and no less than captures; 0 for ever.')
@minValue(0)
param keepArticlesDays int = 0

@description('Days that messages stay in quarantine; 0 for ever.')
@minValue(0)
param keepQuarantineDays int = 0

@description('keep: what is fetched is captured and can be replayed; none: of each answer its hash alone.')
@allowed(['keep', 'none'])
param rawPages string = 'keep'

@description('Days of a site\'s articles that teach which blocks it repeats; 0 learns nothing. It is part of the pipeline version: changed, a store needs a back-fill first.')
@minValue(0)
@maxValue(60)
param learnDays int = 14

@description('Days that logs and metrics are kept; the first 31 cost nothing.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('Most gigabytes of telemetry a day; beyond it the day\'s rest is dropped, and alerts with it.')
@minValue(1)
param logDailyCapGb int = 1

@description('Traces per second and instance that are kept, such as 0.05: three a minute. Metrics and warnings are always kept.')
param tracesPerSecond string = '0.05'

@description('Hours without a record after which an alert fires.')
@allowed([1, 2, 3, 4, 5, 6, 12, 24, 48])
param silentHours int = 6

@description('Puts storage behind private endpoints, the app into a virtual network and its requests behind one fixed address (NAT gateway).')
param privateNetworking bool = false

@description('With private networking: public addresses or ranges (CIDR) from which people may still reach the storage account.')
param allowedAddresses string[] = []

var tags = { 'azd-env-name': environmentName }
var token = toLower(uniqueString(subscription().id, environmentName, location))

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module resources 'resources.bicep' = {
  name: 'ingest-resources'
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    userAgentContact: userAgentContact
    operatorPrincipalId: operatorPrincipalId
    operatorPrincipalType: operatorPrincipalType
    alertEmail: alertEmail
    pollSchedule: pollSchedule
    deduplicateSchedule: deduplicateSchedule
    reportSchedule: reportSchedule
    allowHosts: allowHosts
    feedsFile: feedsFile
    feedCredentials: feedCredentials
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    storageSku: storageSku
    captureCoolAfterDays: captureCoolAfterDays
    captureColdAfterDays: captureColdAfterDays
    captureArchiveAfterDays: captureArchiveAfterDays
    keepCapturesDays: keepCapturesDays
    keepArticlesDays: keepArticlesDays
    keepQuarantineDays: keepQuarantineDays
    rawPages: rawPages
    learnDays: learnDays
    logRetentionDays: logRetentionDays
    logDailyCapGb: logDailyCapGb
    tracesPerSecond: tracesPerSecond
    silentHours: silentHours
    privateNetworking: privateNetworking
    allowedAddresses: allowedAddresses
  }
}

output AZURE_LOCATION string = location
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_FUNCTION_APP_NAME string = resources.outputs.functionAppName
output AZURE_STORAGE_ACCOUNT string = resources.outputs.storageAccountName
output INGEST_STORE string = resources.outputs.store
output STATUS_URL string = resources.outputs.statusUrl

// Logs, metrics and traces, and the workbook that shows the pipeline's figures. Nobody can send telemetry with the connection string alone.
param location string
param tags object
param token string
param retentionDays int
param dailyCapGb int

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: 'log-ingest-${token}'
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    workspaceCapping: { dailyQuotaGb: dailyCapGb }
    features: { enableLogAccessUsingOnlyResourcePermissions: true }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-ingest-${token}'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true
    IngestionMode: 'LogAnalytics'
  }
}

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'ingest-workbook')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'IngestPipeline'
    category: 'workbook'
    sourceId: insights.id
    version: 'Notebook/1.0'
    serializedData: loadTextContent('workbook.json')
  }
}

output applicationInsightsName string = insights.name
output applicationInsightsId string = insights.id

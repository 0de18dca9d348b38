// What a person is told without looking. Each alert's answer stands in docs/operations.md under the same name.
param location string
param tags object
param applicationInsightsId string
param email string
param silentHours int

var alerts = [
  {
    name: 'messages-quarantined'
    description: 'A message was given up and set aside, or waits in a poison queue.'
    severity: 1
    every: 'PT5M'
    window: 'PT15M'
    query: '''
customMetrics
| where name == "ingest.quarantined" or (name == "ingest.queue.depth" and tostring(customDimensions.queue) endswith "-poison")
| summarize value = max(iff(name == "ingest.quarantined", valueSum, valueMax))
'''
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'nothing-written'
    description: 'No record was written for hours.'
    severity: 1
    every: 'PT30M'
    window: 'PT${silentHours}H'
    query: '''
customMetrics
| where name == "ingest.articles" and tostring(customDimensions.disposition) in ("written", "feed-only")
| summarize value = coalesce(sum(valueSum), 0.0)
'''
    operator: 'LessThan'
    threshold: 1
  }
  {
    name: 'feed-dead'
    description: 'A feed has failed for three days, or its server says that it is gone for good.'
    severity: 2
    every: 'PT15M'
    window: 'PT1H'
    query: '''
customMetrics
| where name == "ingest.feed.health.changes" and tostring(customDimensions.health) in ("dead", "stopped")
| summarize value = sum(valueSum) by feed = tostring(customDimensions.feed)
'''
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'source-unhealthy'
    description: 'A source fails, has long had nothing new although it used to, or its articles changed in length, emptiness or what is removed.'
    severity: 3
    every: 'PT1H'
    window: 'PT6H'
    query: '''
customMetrics
| where (name == "ingest.feed.health.changes" and tostring(customDimensions.health) in ("failing", "silent")) or (name == "ingest.source.health.changes" and tostring(customDimensions.change) == "jumped")
| summarize value = sum(valueSum) by feed = coalesce(tostring(customDimensions.feed), tostring(customDimensions.source))
'''
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'records-late'
    description: 'Articles wait over a quarter of an hour for their copies to be decided.'
    severity: 2
    every: 'PT15M'
    window: 'PT30M'
    query: '''
customMetrics
| where name == "ingest.inbox.delay"
| summarize value = coalesce(min(valueMin), 0.0)
'''
    operator: 'GreaterThan'
    threshold: 900
  }
  {
    name: 'queue-backlog'
    description: 'Messages wait over an hour beyond the delay they were given.'
    severity: 2
    every: 'PT15M'
    window: 'PT30M'
    query: '''
customMetrics
| where name == "ingest.queue.age"
| summarize value = coalesce(sum(valueSum) / sum(valueCount), 0.0) by queue = tostring(customDimensions.queue)
'''
    operator: 'GreaterThan'
    threshold: 3600
  }
  {
    name: 'function-failures'
    description: 'Functions end in exceptions: storage refuses, or there is a bug.'
    severity: 2
    every: 'PT5M'
    window: 'PT15M'
    query: '''
customMetrics
| where name == "ingest.stage.duration" and tostring(customDimensions.result) == "failed"
| summarize value = sum(valueCount)
'''
    operator: 'GreaterThan'
    threshold: 5
  }
]

resource mail 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: 'ag-ingest'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'ingest'
    enabled: true
    emailReceivers: [{ name: 'operator', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource rules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for alert in alerts: {
    name: 'ingest-${alert.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: 'ingest: ${alert.name}'
      description: alert.description
      severity: alert.severity
      enabled: true
      scopes: [applicationInsightsId]
      evaluationFrequency: alert.every
      windowSize: alert.window
      autoMitigate: true
      // The tables fill with the first telemetry, after the rules are made.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: alert.query
            timeAggregation: 'Maximum'
            metricMeasureColumn: 'value'
            operator: alert.operator
            threshold: alert.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: empty(email) ? [] : [mail.id] }
    }
  }
]

import { Stack } from 'aws-cdk-lib';
import { CfnQueryDefinition, LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** Of Logs Insights, over all logs of the stack: docs/runbook.md tells what to put in. They cost nothing until run. */
const queries = {
  'One job': `fields @timestamp, service, level, message, @message
| filter @message like "JOB_ID"
| sort @timestamp asc
| limit 1000`,
  Errors: `fields @timestamp, service, job_id, message, error.name, error.message
| filter level = "ERROR"
| sort @timestamp desc
| limit 200`,
  'One request': `fields @timestamp, @log, route, status, message, @message
| filter @message like "REQUEST_ID"
| sort @timestamp asc`,
};

export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const stack = Stack.of(this);
    const groups = stack.node.findAll().filter((part) => part instanceof LogGroup);
    for (const [name, queryString] of Object.entries(queries)) {
      new CfnQueryDefinition(this, name.replaceAll(' ', ''), {
        name: `${stack.stackName}/${name}`,
        queryString,
        logGroupNames: groups.map(({ logGroupName }) => logGroupName),
      });
    }
  }
}

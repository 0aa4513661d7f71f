import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { removalPolicy } from './kept.ts';
import type { VerbFunction } from './verb-function.ts';

const string = (name: string) => ({ name, type: AttributeType.STRING });

/** Jobs, their clips and their timelines; docs/design.md §4. */
export class JobsTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string, { keepData }: { keepData: boolean }) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      partitionKey: string('pk'),
      sortKey: string('sk'),
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: removalPolicy(keepData),
    });
    // Only job records have these attributes, and `open` only those that have not ended, or were deleted a moment ago.
    this.table.addGlobalSecondaryIndex({
      indexName: 'owner',
      partitionKey: string('owner'),
      sortKey: string('createdAt'),
    });
    this.table.addGlobalSecondaryIndex({
      indexName: 'open',
      partitionKey: string('open'),
      sortKey: string('updatedAt'),
    });
  }

  /** New records: jobs, clips, lines of a timeline. */
  grantCreate(fn: VerbFunction): void {
    this.allow(fn, 'dynamodb:PutItem');
  }

  grantRead(fn: VerbFunction): void {
    this.allow(fn, 'dynamodb:GetItem');
  }

  /** A conditional update, and reading what stands there where the condition fails. */
  grantChange(fn: VerbFunction): void {
    this.allow(fn, 'dynamodb:UpdateItem', 'dynamodb:GetItem');
  }

  /** All clips of a job. */
  grantReadClips(fn: VerbFunction): void {
    this.allow(fn, 'dynamodb:Query');
  }

  /** All records of a job, to delete them. */
  grantErase(fn: VerbFunction): void {
    this.allow(fn, 'dynamodb:Query', 'dynamodb:DeleteItem');
  }

  grantListByOwner(fn: VerbFunction): void {
    this.allowIndex(fn, 'owner');
  }

  grantListOpen(fn: VerbFunction): void {
    this.allowIndex(fn, 'open');
  }

  private allow(fn: VerbFunction, ...actions: string[]): void {
    fn.allow(actions, [this.table.tableArn]);
    fn.setVariable('TABLE_NAME', this.table.tableName);
  }

  private allowIndex(fn: VerbFunction, index: string): void {
    fn.allow(['dynamodb:Query'], [`${this.table.tableArn}/index/${index}`]);
    fn.setVariable('TABLE_NAME', this.table.tableName);
  }
}

/** What one run of a function took, as AWS bills it. Requests and units are what it has asked for until it was written down. */
export interface StepUse {
  memoryMegabytes: number;
  milliseconds: number;
  /** Requests to S3: PUT, POST and LIST; GET, HEAD and others. */
  s3Writes: number;
  s3Reads: number;
  /** Units of DynamoDB, indexes included. */
  tableWrites: number;
  tableReads: number;
}

/** What Lambda tells a function about its invocation, as far as it is documented for Node. `Context` of `@types/aws-lambda` fits. */
export interface LambdaContext {
  callbackWaitsForEmptyEventLoop: boolean
  readonly functionName: string
  readonly functionVersion: string
  readonly invokedFunctionArn: string
  readonly memoryLimitInMB: string
  readonly awsRequestId: string
  readonly logGroupName: string
  readonly logStreamName: string
  /** Milliseconds until Lambda cuts the invocation off. */
  getRemainingTimeInMillis(): number
}

import { encodeBody } from './encode-body.js'
import type { Gateway } from './gateways.js'
import { groupValues, lastValues, type ReceivedRequest } from './received-request.js'

const mib = 1024 * 1024
const namesInLowerCase = ({ headers }: ReceivedRequest) =>
  groupValues(headers.map(([name, value]) => [name.toLowerCase(), value]))
const joined = (groups: Record<string, string[]>) =>
  Object.fromEntries(Object.entries(groups).map(([name, values]) => [name, values.join(', ')]))

/** Source: https://docs.netlify.com/build/functions/lambda-compatibility/; the limit is that of synchronous functions. */
export const netlify: Gateway = {
  name: 'Netlify',
  maxBodyBytes: 6 * mib,
  errorStatus: 502,
  resultKeys: ['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded'],
  toEvent(request) {
    const headers = namesInLowerCase(request)
    const query = groupValues(new URLSearchParams(request.query))
    return {
      rawUrl: `https://example.netlify.app${request.path}${request.query && `?${request.query}`}`,
      rawQuery: request.query,
      path: request.path,
      httpMethod: request.method,
      headers: joined(headers),
      multiValueHeaders: headers,
      queryStringParameters: lastValues(query),
      multiValueQueryStringParameters: query,
      ...(request.body.length > 0 ? encodeBody(request) : { body: null, isBase64Encoded: false }),
    }
  },
}

/** Source: https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html, the limit too. */
export const lattice: Gateway = {
  name: 'VPC Lattice v2',
  maxBodyBytes: 6 * mib,
  errorStatus: 502,
  resultKeys: ['statusCode', 'statusDescription', 'headers', 'body', 'isBase64Encoded'],
  toEvent: (request) => ({
    version: '2.0',
    path: request.path,
    method: request.method,
    headers: namesInLowerCase(request),
    queryStringParameters: groupValues(new URLSearchParams(request.query)),
    ...encodeBody(request),
    requestContext: {
      serviceNetworkArn: 'arn:aws:vpc-lattice:us-east-2:123456789012:servicenetwork/sn-0bf3f2882e9cc805a',
      serviceArn: 'arn:aws:vpc-lattice:us-east-2:123456789012:service/svc-0a40eebed65f8d69c',
      targetGroupArn: 'arn:aws:vpc-lattice:us-east-2:123456789012:targetgroup/tg-6d0ecf831eec9f09',
      region: 'us-east-2',
      timeEpoch: '1690497599177430',
    },
  }),
}

/** The older structure, which joins repeated headers. Source: the same page. */
export const latticeV1: Gateway = {
  ...lattice,
  name: 'VPC Lattice v1',
  toEvent(request) {
    const { body, isBase64Encoded } = encodeBody(request)
    return {
      raw_path: request.path,
      method: request.method,
      headers: joined(namesInLowerCase(request)),
      query_string_parameters: lastValues(groupValues(new URLSearchParams(request.query))),
      body,
      is_base64_encoded: isBase64Encoded,
    }
  },
}

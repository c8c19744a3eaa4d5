interface Values {
  readonly [name: string]: string | readonly string[] | undefined
}

/**
 * An event of VPC Lattice, version 2.0. Whether names and values of the query are decoded is not documented; they are treated as decoded.
 *
 * Source: https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html
 */
export interface LatticeEvent {
  readonly version: string
  readonly path: string
  readonly method: string
  readonly headers?: Values | null | undefined
  readonly queryStringParameters?: Values | null | undefined
  readonly body?: string | null | undefined
  readonly isBase64Encoded?: boolean | undefined
  readonly requestContext: { readonly serviceArn?: string | undefined }
}

/**
 * An event of VPC Lattice, version 1.0. Repeated headers are joined with commas.
 *
 * Source: https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html
 */
export interface LatticeV1Event {
  readonly raw_path: string
  readonly method: string
  readonly headers?: Values | null | undefined
  readonly query_string_parameters?: Values | null | undefined
  readonly body?: string | null | undefined
  readonly is_base64_encoded?: boolean | undefined
}

export function isLatticeEvent(event: object): event is LatticeEvent {
  return 'version' in event && 'method' in event && 'path' in event
}

export function isLatticeV1Event(event: object): event is LatticeV1Event {
  return 'raw_path' in event
}

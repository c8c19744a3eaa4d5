// HTTP byte by byte, for tools that send what clients will not.
export { type Answer, parseAnswer } from './parse-answer.js'
export { RawClient, type RawClientOptions } from './raw-client.js'
export { wireText } from './wire-text.js'
export { bodyText, type WireRequest, writeChunks, writeHead, writeRequest } from './write-request.js'

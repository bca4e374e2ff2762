package parley.local.usage;

/** What AWS bills by the piece, in the units of its price pages. */
public enum Meter {
  /** Requests of the HTTP API, one for each 512 KB. */
  HTTP_REQUESTS,
  /** Messages of the WebSocket API either way, one for each 32 KB; opening and closing are none. */
  SOCKET_MESSAGES,
  /** Invocations of functions, whoever asked for them. */
  INVOCATIONS,
  /** Requests of the RDS Data API, one for each 32 KB that is sent or received. */
  DATA_API_REQUESTS,
  /** DynamoDB's read request units: 4 KB read consistently. */
  READ_UNITS,
  /** DynamoDB's write request units: 1 KB written. */
  WRITE_UNITS,
  /** Calls of Secrets Manager. */
  SECRET_CALLS
}

package parley.platform;

/**
 * The environment variables of the functions: the CDK app writes them and {@link Config} reads
 * them, both by these constants. The name of a constant is the name of its variable.
 */
public enum Setting {
  /** Which deployment this is: the dimension of the metrics. */
  STAGE,
  /** ARN of the Aurora cluster that holds everything but the connections. */
  DATABASE_ARN,
  /** ARN of the secret with the name and password of the database role that the function uses. */
  DATABASE_SECRET_ARN,
  /**
   * ARN of the secret with the name and password of the role of the functions that serve. Only
   * MigrationFunction has it, which creates that role.
   */
  SERVING_SECRET_ARN,
  /** Name of the database in the cluster. */
  DATABASE_NAME,
  /** Name of the DynamoDB table that maps users to their live connections. */
  CONNECTIONS_TABLE,
  /** Where the WebSocket API takes posts to connections, its stage included; no final slash. */
  CONNECTIONS_ENDPOINT,
  /** ARN of the secret that signs and verifies tokens. */
  JWT_SECRET_ARN,
  /** ARN of the function that delivers what a request could not deliver by itself. */
  DELIVERY_FUNCTION_ARN
}

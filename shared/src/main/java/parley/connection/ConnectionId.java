package parley.connection;

/** The id that API Gateway gave a WebSocket connection. */
public record ConnectionId(String value) {}

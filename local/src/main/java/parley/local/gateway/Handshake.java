package parley.local.gateway;

/** A request to open a connection. */
record Handshake(Exchange exchange, SocketCaller caller) {}

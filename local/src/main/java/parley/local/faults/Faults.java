package parley.local.faults;

import parley.local.aws.AwsRequest;

/**
 * Decides what goes wrong at the two places where the runtime's parts meet: where a function calls
 * a service, and where the gateway tells a function of a connection. Asked by many threads at once.
 */
public interface Faults {
  /** Nothing ever goes wrong. */
  Faults NONE = new Faults() {};

  /**
   * A running function calls a service.
   *
   * @param service its signing name: {@code dynamodb}, {@code rds-data}, {@code execute-api}
   * @param request who calls, and what
   */
  default CallFault onCall(String service, AwsRequest request) {
    return CallFault.NONE;
  }

  /** A connection's $connect function has answered, and the gateway is about to let it in. */
  default EventFault onConnect(String connectionId) {
    return EventFault.NONE;
  }

  /** A connection has closed, and the gateway is about to call the $disconnect function. */
  default EventFault onDisconnect(String connectionId) {
    return EventFault.NONE;
  }
}

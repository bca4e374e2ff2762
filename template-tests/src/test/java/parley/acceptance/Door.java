package parley.acceptance;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import parley.local.aws.AwsRequest;
import parley.local.faults.CallFault;
import parley.local.faults.CallFault.Failed;
import parley.local.faults.CallFault.Moment;
import parley.local.faults.Faults;

/** The function that brings a message to its recipients. */
enum Door {
  HTTP("HttpFunction") {
    @Override
    void send(Friends friends, String content, Faults wrong) {
      friends
          .chat()
          .with(wrong, () -> friends.ann().send(friends.conversation(), content).require(201));
    }
  },

  SOCKET("SocketFunction") {
    @Override
    void send(Friends friends, String content, Faults wrong) {
      try (Phone anns = friends.ann().phone()) {
        friends.chat().with(wrong, () -> anns.say(friends.conversation(), content).acked());
      }
    }
  },

  /** For whoever has stored it and could not hand it on. */
  SWEEP("SweepFunction") {
    @Override
    void send(Friends friends, String content, Faults wrong) {
      Chat chat = friends.chat();
      HTTP.send(friends, content, HTTP.callsFail("dynamodb", "BatchGetItem"));
      chat.clock().advance(Duration.ofMinutes(3));
      chat.with(wrong, () -> chat.runScheduled("SweepFunction", chat.clock().instant()));
    }
  };

  private final String function;

  Door(String function) {
    this.function = function;
  }

  String function() {
    return function;
  }

  /** Sends a message from Ann to Ben through this door while something is wrong. */
  abstract void send(Friends friends, String content, Faults wrong);

  /** Sends a message from Ann to Ben through this door, which must not leave it to others. */
  void sendAlone(Friends friends, String content) {
    AtomicBoolean helped = new AtomicBoolean();
    send(
        friends,
        content,
        new Faults() {
          @Override
          public CallFault onCall(String service, AwsRequest request) {
            if (service.equals("lambda") && isFrom(request)) {
              helped.set(true);
            }
            return CallFault.NONE;
          }
        });
    if (helped.get()) {
      throw new AssertionError(function + " has left the message to others");
    }
  }

  /**
   * What this function posts to a connection fails, and nobody else's posts do. With an error that
   * is not tried again for seconds.
   */
  Faults postsFail(String connection) {
    return new Faults() {
      @Override
      public CallFault onCall(String service, AwsRequest request) {
        boolean hit =
            service.equals("execute-api")
                && isFrom(request)
                && URLDecoder.decode(request.path(), StandardCharsets.UTF_8)
                    .endsWith("/" + connection);
        return hit ? new Failed(Moment.BEFORE, 403, "ForbiddenException") : CallFault.NONE;
      }
    };
  }

  /** This function's calls of an operation fail, with an error that the SDK does not try again. */
  private Faults callsFail(String wanted, String operation) {
    return new Faults() {
      @Override
      public CallFault onCall(String service, AwsRequest request) {
        return service.equals(wanted) && isFrom(request) && request.operation().equals(operation)
            ? new Failed(Moment.BEFORE, 400, "ValidationException")
            : CallFault.NONE;
      }
    };
  }

  private boolean isFrom(AwsRequest request) {
    return request.caller().name().startsWith(function);
  }
}

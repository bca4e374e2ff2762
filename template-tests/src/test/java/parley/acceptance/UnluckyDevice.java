package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import parley.local.aws.AwsRequest;
import parley.local.faults.CallFault;
import parley.local.faults.CallFault.Failed;
import parley.local.faults.CallFault.Killed;
import parley.local.faults.CallFault.Moment;
import parley.local.faults.Faults;

/** Ann writes to Ben, and DeliveryFunction reaches one of Ben's two devices and not the other. */
final class UnluckyDevice implements AutoCloseable {
  /** DeliveryFunction tries for up to 26 s before it says so. */
  static final Duration PATIENCE = Duration.ofSeconds(90);

  /** What becomes of the posts to the unlucky device. */
  enum Luck {
    /** They fail. */
    FAILS,
    /** They fail, and the function dies when it leaves the device to the next round. */
    FAILS_AND_DIES,
    /** The function dies of them. */
    KILLS,
    WORKS
  }

  final Phone lucky;
  final Phone unlucky;
  final String unluckyId;
  final String content;
  private final Chat chat;
  private final Friends friends;
  private final Luck later;
  private volatile Luck luck;

  /**
   * @param first the luck of the device at first
   * @param later its luck once it is left to the next round
   */
  UnluckyDevice(Chat chat, Luck first, Luck later) {
    this.chat = chat;
    this.luck = first;
    this.later = later;
    friends = Friends.meet(chat);
    unlucky = friends.ben().phone();
    unluckyId = chat.aws().connectionsOf(friends.ben()).iterator().next();
    lucky = friends.ben().phone();
    content = "to one of two " + friends.conversation();
  }

  /** The story in which the next round reaches the device, without the pauses between tries. */
  static void isReachedByTheNextRoundAtOnce(Chat chat) {
    try (UnluckyDevice device = new UnluckyDevice(chat, Luck.FAILS, Luck.WORKS)) {
      chat.sleeper()
          .skipWhile(() -> chat.with(faults(List.of(device)), device::isReachedByTheNextRound));
    }
  }

  void isReachedByTheNextRound() {
    send();
    lucky.awaitMessage(content);
    unlucky.awaitMessage(content);

    assertThat(messages(lucky)).isEqualTo(1);
    assertThat(messages(unlucky)).isEqualTo(1);
  }

  void send() {
    friends.ann().send(friends.conversation(), content).require(201);
  }

  void turn(Luck now) {
    luck = now;
  }

  Stream<String> deadLetters() {
    return chat.deadLetters().stream().filter(letter -> letter.contains(content));
  }

  /** How many messages a device has got. */
  static long messages(Phone phone) {
    return phone.everythingSoFar().stream().filter(frame -> frame.is("message:new")).count();
  }

  /** What goes wrong: all posts of the sender too, so that DeliveryFunction gets both devices. */
  static Faults faults(List<UnluckyDevice> devices) {
    return new Faults() {
      @Override
      public CallFault onCall(String service, AwsRequest request) {
        String caller = request.caller().name();
        if (caller.startsWith("HttpFunction") && service.equals("execute-api")) {
          return new Failed(Moment.BEFORE, 403, "ForbiddenException");
        }
        return devices.stream()
            .filter(device -> caller.startsWith("DeliveryFunction") && device.isMeant(request))
            .map(device -> device.fault(service))
            .findFirst()
            .orElse(CallFault.NONE);
      }
    };
  }

  private boolean isMeant(AwsRequest request) {
    return URLDecoder.decode(request.path(), StandardCharsets.UTF_8).endsWith("/" + unluckyId)
        || new String(request.body(), StandardCharsets.UTF_8).contains(unluckyId);
  }

  private CallFault fault(String service) {
    return switch (service) {
      case "execute-api" ->
          switch (luck) {
            case FAILS, FAILS_AND_DIES -> new Failed(Moment.BEFORE, 403, "ForbiddenException");
            case KILLS -> new Killed(Moment.BEFORE);
            case WORKS -> CallFault.NONE;
          };
      case "lambda" -> {
        boolean dies = luck == Luck.FAILS_AND_DIES;
        luck = later;
        yield dies ? new Killed(Moment.BEFORE) : CallFault.NONE;
      }
      default -> CallFault.NONE;
    };
  }

  @Override
  public void close() {
    lucky.close();
    unlucky.close();
  }
}

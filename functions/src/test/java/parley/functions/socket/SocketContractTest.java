package parley.functions.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.block.BlockEvent;
import parley.contract.Contract;
import parley.contract.Contract.Direction;
import parley.conversation.Conversation;
import parley.conversation.ConversationId;
import parley.conversation.ConversationKind;
import parley.conversation.ConversationSummary;
import parley.conversation.Group;
import parley.conversation.History;
import parley.conversation.ParticipantSettings;
import parley.conversation.Role;
import parley.delivery.ConnectionExpiring;
import parley.delivery.ServerEvent;
import parley.friend.FriendEvent;
import parley.friend.FriendRequest;
import parley.friend.FriendRequestId;
import parley.inbox.ConversationEvent;
import parley.message.ClientId;
import parley.message.CopyAck;
import parley.message.Message;
import parley.message.MessageEvent;
import parley.message.MessageId;
import parley.message.SentMessage;
import parley.pin.PinsChanged;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.presence.Presence;
import parley.profile.ProfileEvent;
import parley.profile.Settings;
import parley.profile.Settings.AddToGroups;
import parley.profile.Settings.FindByEmail;
import parley.reaction.EmojiCount;
import parley.reaction.Reacted;
import parley.receipt.OwnReceipt;
import parley.receipt.ReceiptEvent;
import parley.star.Starred;
import parley.typing.TypingEvent;
import parley.user.Profile;
import parley.user.UserId;

/** Holds the socket's frames and events/asyncapi.yaml together. */
class SocketContractTest {
  private static final Contract CONTRACT = Contract.load();
  private static final String ID = "01934b5e-2f00-7c3a-9b1d-5e6f7a8b9c0d";
  private static final UserId ADA = new UserId(UUID.fromString(ID));
  private static final Profile PROFILE = new Profile(ADA, "Ada", null, "me", Optional.empty(), 1);
  private static final FriendRequestId REQUEST = new FriendRequestId(UUID.randomUUID());
  private static final ConversationId CONVERSATION = new ConversationId(UUID.fromString(ID));
  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30.123Z");
  private static final SentMessage SENT =
      new SentMessage(
          new Message(
              new MessageId(UUID.randomUUID()),
              "Hi",
              ADA,
              CONVERSATION,
              NOW,
              1,
              Optional.of(new ClientId("c")),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty()),
          new ConversationSummary(CONVERSATION, "Hi", NOW));

  private static final Reacted REACTED =
      new Reacted(
          CONVERSATION,
          SENT.message().id(),
          ADA,
          List.of("👍", "1️⃣"),
          List.of(new EmojiCount("👍", 1000), new EmojiCount("1️⃣", 1)));

  private static final Conversation GROUP =
      new Conversation(
          CONVERSATION,
          ConversationKind.GROUP,
          Optional.empty(),
          Optional.of(new Group("Engines", null, 2, Role.MEMBER, History.JOINED)),
          "Hi",
          NOW,
          1,
          0,
          Optional.empty(),
          0,
          0,
          new ParticipantSettings(null, false, null, false),
          null,
          NOW);

  /** One of every event that the server sends of its own accord. */
  private static final List<ServerEvent> EVENTS =
      List.of(
          SENT,
          new MessageEvent.Updated(SENT.message(), Optional.of(SENT.conversation())),
          new MessageEvent.Hidden(SENT.message().id(), CONVERSATION),
          REACTED,
          new PinsChanged(CONVERSATION, SENT.message().id(), ADA, true),
          new Starred(SENT.message().id(), CONVERSATION, false),
          new ConversationEvent.Updated(GROUP),
          new ConversationEvent.Removed(CONVERSATION),
          new FriendEvent.RequestSent(
              new FriendRequest(
                  REQUEST,
                  ADA,
                  ADA,
                  FriendRequest.Status.PENDING,
                  NOW,
                  Optional.of(PROFILE),
                  Optional.empty())),
          new FriendEvent.RequestAccepted(REQUEST, ADA, PROFILE),
          new FriendEvent.RequestRejected(REQUEST),
          new ConnectionExpiring(NOW),
          new FriendEvent.RequestWithdrawn(REQUEST),
          new FriendEvent.Removed(ADA),
          new ProfileEvent.Updated(PROFILE),
          new ProfileEvent.SettingsUpdated(
              new Settings(
                  FindByEmail.NOBODY, false, Settings.Presence.FRIENDS, AddToGroups.NOBODY)),
          new BlockEvent.Blocked(PROFILE, NOW),
          new BlockEvent.Unblocked(ADA),
          new ReceiptEvent.Delivered(CONVERSATION, ADA, 3),
          new ReceiptEvent.Read(CONVERSATION, ADA, 2),
          new TypingEvent(CONVERSATION, ADA, true, NOW),
          new Presence(ADA, false, NOW, 7));

  private final PlainCodec codec = new PlainCodec();

  @Test
  void theSamplesAreAllTheEventsThatThereAre() {
    Set<String> all =
        new ClassFileImporter()
            .importPackages("parley").stream()
                .filter(type -> type.isAssignableTo(ServerEvent.class) && !type.isInterface())
                .map(JavaClass::getName)
                .collect(Collectors.toSet());
    assertThat(EVENTS.stream().map(event -> event.getClass().getName())).hasSameElementsAs(all);
  }

  @Test
  void theEventsToClientsAreThoseOfTheContract() {
    Set<String> names = new TreeSet<>(Set.of("ack", "error"));
    EVENTS.forEach(event -> names.add(event.name()));
    assertThat(CONTRACT.events(Direction.TO_CLIENT)).isEqualTo(names);
  }

  @Test
  void everyEventIsWrittenAsTheContractSays() {
    for (ServerEvent event : EVENTS) {
      String frame = codec.event(event);
      assertFits(frame);
      assertReported(frame.replaceFirst("\"data\":\\{", "\"data\":{\"email\":\"a@b.c\","));
      assertReported(frame.replaceFirst("\\{", "{\"id\":1,"));
    }
  }

  @Test
  void everyAnswerIsWrittenAsTheContractSays() {
    for (Object id : List.of(0L, Long.MAX_VALUE, Long.MIN_VALUE, "", "x".repeat(64))) {
      assertFits(codec.ack(id, SENT));
      assertFits(codec.ack(id, SENT.message()));
      assertFits(codec.ack(id, new MessageEvent.Hidden(SENT.message().id(), CONVERSATION)));
      assertFits(codec.ack(id, List.of(CopyAck.of(SENT), CopyAck.of(SENT))));
      assertFits(codec.ack(id, new Commands.Focus(CONVERSATION)));
      assertFits(codec.ack(id, new OwnReceipt(CONVERSATION, 3, 2)));
      assertFits(codec.ack(id, REACTED));
      assertFits(codec.ack(id, new ClientCommand.Typing(CONVERSATION, true)));
      assertReported(codec.ack(id, Map.of("conversationId", "x")));
      assertReported(codec.ack(id, Map.of()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anErrorIsWrittenAsTheContractSaysIfASocketCanTellIt(ErrorCode code) {
    Set<ErrorCode> httpOnly =
        Set.of(
            ErrorCode.INVALID_CURSOR,
            ErrorCode.UNAUTHENTICATED,
            ErrorCode.INVALID_CREDENTIALS,
            ErrorCode.NOT_FRIENDS,
            ErrorCode.ROLE_REQUIRED,
            ErrorCode.INVITE_NOT_FOUND,
            ErrorCode.GROUP_FULL,
            ErrorCode.TOO_MANY_GROUPS,
            ErrorCode.TOO_MANY_GROUPS_TODAY,
            ErrorCode.TOO_MANY_CHANGES_TODAY,
            ErrorCode.TOO_MANY_PINS,
            ErrorCode.LAST_OWNER,
            ErrorCode.INVITE_EXPIRED,
            ErrorCode.INVITE_USED_UP,
            ErrorCode.GROUP_GONE,
            ErrorCode.ROUTE_NOT_FOUND,
            ErrorCode.USER_NOT_FOUND,
            ErrorCode.FRIEND_REQUEST_NOT_FOUND,
            ErrorCode.FRIEND_NOT_FOUND,
            ErrorCode.METHOD_NOT_ALLOWED,
            ErrorCode.EMAIL_TAKEN,
            ErrorCode.HANDLE_TAKEN,
            ErrorCode.ALREADY_FRIENDS,
            ErrorCode.FRIEND_REQUEST_PENDING,
            ErrorCode.FRIEND_REQUEST_ANSWERED,
            ErrorCode.PAYLOAD_TOO_LARGE,
            ErrorCode.TOO_MANY_CONNECTIONS);
    for (@Nullable Object id : Arrays.<@Nullable Object>asList(7L, "seven", null)) {
      String frame = codec.error(id, new ChatException(code, "no"));
      assertThat(CONTRACT.validateFrame(Direction.TO_CLIENT, frame).isEmpty())
          .as(frame)
          .isNotEqualTo(httpOnly.contains(code));
    }
  }

  @Test
  void theEventsFromClientsAreThoseOfTheContract() {
    Map<String, Map<String, Object>> data =
        Map.of(
            "join_conversation", Map.of("conversationId", ID),
            "leave_conversation", Map.of("conversationId", ID),
            "send_message", Map.of("conversationId", ID, "content", "x"),
            "typing", Map.of("conversationId", ID, "typing", true),
            "message_delivered", Map.of("conversationId", ID, "seq", 1L),
            "message_read", Map.of("conversationId", ID, "seq", 1L),
            "edit_message", Map.of("messageId", ID, "content", "x"),
            "delete_message", Map.of("messageId", ID),
            "forward_message", Map.of("messageId", ID, "conversationIds", List.of(ID)),
            "react", Map.of("messageId", ID, "emojis", List.of("👍")));
    assertThat(CONTRACT.events(Direction.FROM_CLIENT)).isEqualTo(data.keySet());
    Set<Class<?>> read = new HashSet<>();
    data.forEach((event, with) -> read.add(ClientCommand.read(event, with).getClass()));
    read.add(ClientCommand.read("delete_message", Map.of("messageId", ID, "for", "me")).getClass());
    assertThat(read).containsExactlyInAnyOrder(ClientCommand.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'event': 'join_conversation', 'data': '" + ID + "'}",
        "{'event': 'join_conversation', 'data': {'conversationId': '" + ID + "'}}",
        "{'event': 'join_conversation', 'id': null, 'data': '" + ID + "'}",
        "{'event': 'join_conversation', 'id': 9223372036854775807, 'data': '" + ID + "'}",
        "{'event': 'join_conversation', 'id': 9223372036854775808, 'data': '" + ID + "'}",
        "{'event': 'join_conversation', 'id': 1.5, 'data': '" + ID + "'}",
        "{'event': 'join_conversation', 'id': true, 'data': '" + ID + "'}",
        "{'event': 'join_conversation', 'id': {}, 'data': '" + ID + "'}",
        "{'event': 'join_conversation', 'id': '', 'data': '" + ID + "'}",
        "{'event': 'join_conversation', 'data': {'conversationId': '" + ID + "', 'x': 1}}",
        "{'event': 'join_conversation', 'data': {}}",
        "{'event': 'join_conversation', 'data': null}",
        "{'event': 'join_conversation', 'data': 'x'}",
        "{'event': 'join_conversation', 'data': 7}",
        "{'event': 'join_conversation'}",
        "{'event': 'join_conversation', 'data': '" + ID + "', 'x': 1}",
        "{'event': 'leave_conversation', 'data': '" + ID + "'}",
        "{'event': 'leave_conversation', 'data': []}",
        "{'event': 'send_message', 'data': {'conversationId': '" + ID + "', 'content': 'x'}}",
        "{'event': 'send_message', 'data': {'conversationId': '" + ID + "', 'content': ''}}",
        "{'event': 'join_conversation', 'data': {'conversationId': '"
            + ID
            + "', 'markRead': true}}",
        "{'event': 'join_conversation', 'data': {'conversationId': '" + ID + "', 'markRead': 1}}",
        "{'event': 'leave_conversation', 'data': {'conversationId': '"
            + ID
            + "', 'markRead': true}}",
        "{'event': 'message_read', 'data': {'conversationId': '" + ID + "', 'seq': 0}}",
        "{'event': 'message_read', 'data': {'conversationId': '" + ID + "', 'seq': -1}}",
        "{'event': 'message_read', 'data': {'conversationId': '" + ID + "', 'seq': 1.0}}",
        "{'event': 'message_read', 'data': {'conversationId': '" + ID + "', 'seq': 1e2}}",
        "{'event': 'message_read', 'data': {'conversationId': '"
            + ID
            + "', 'seq': 9007199254740992}}",
        "{'event': 'message_read', 'id': 1.0, 'data': {'conversationId': '" + ID + "', 'seq': 1}}",
        "{'event': 'message_read', 'id': 1e2, 'data': {'conversationId': '" + ID + "', 'seq': 1}}",
        "{'event': 'message_read', 'data': {'conversationId': '" + ID + "', 'seq': 1.5}}",
        "{'event': 'message_read', 'data': {'conversationId': '" + ID + "'}}",
        "{'event': 'message_delivered', 'data': {'conversationId': '" + ID + "', 'seq': 7}}",
        "{'event': 'message_delivered', 'data': {'conversationId': '" + ID + "', 'seq': '7'}}",
        "{'event': 'message_delivered', 'data': '" + ID + "'}",
        "{'event': 'send_message', 'data': '" + ID + "'}",
        "{'event': 'send_message', 'data': {}}",
        "{'event': 'send_message', 'data': {'conversationId': '"
            + ID
            + "', 'content': 'x', 'replyTo': '"
            + ID
            + "', 'mentions': ['"
            + ID
            + "']}}",
        "{'event': 'send_message', 'data': {'conversationId': '"
            + ID
            + "', 'content': 'x', 'mentions': '"
            + ID
            + "'}}",
        "{'event': 'edit_message', 'data': {'messageId': '" + ID + "', 'content': 'x'}}",
        "{'event': 'edit_message', 'data': {'messageId': '" + ID + "'}}",
        "{'event': 'edit_message', 'data': {'messageId': '"
            + ID
            + "', 'content': 'x', 'mentions': ['"
            + ID
            + "']}}",
        "{'event': 'edit_message', 'data': {'messageId': '"
            + ID
            + "', 'content': 'x', 'mentions': ['x']}}",
        "{'event': 'edit_message', 'data': {'messageId': 'x', 'content': 'x'}}",
        "{'event': 'delete_message', 'data': {'messageId': '" + ID + "'}}",
        "{'event': 'delete_message', 'data': {'messageId': '" + ID + "', 'for': 'me'}}",
        "{'event': 'delete_message', 'data': {'messageId': '" + ID + "', 'for': null}}",
        "{'event': 'delete_message', 'data': {'messageId': '" + ID + "', 'for': 'you'}}",
        "{'event': 'delete_message', 'data': {}}",
        "{'event': 'forward_message', 'data': {'messageId': '"
            + ID
            + "', 'conversationIds': ['"
            + ID
            + "'], 'clientId': 'c'}}",
        "{'event': 'forward_message', 'data': {'messageId': '" + ID + "', 'conversationIds': []}}",
        "{'event': 'react', 'data': {'messageId': '" + ID + "', 'emojis': []}}",
        "{'event': 'react', 'data': {'messageId': '" + ID + "', 'emojis': ['👍', '👍']}}",
        "{'event': 'react', 'data': {'messageId': '" + ID + "', 'emojis': ['ok']}}",
        "{'event': 'react', 'data': {'messageId': '" + ID + "'}}",
        "{'event': 'ack', 'id': 1, 'data': {}}",
        "{'event': 'message:new', 'data': {}}",
        "{'event': '', 'data': {}}",
        "{'event': 7, 'data': {}}",
        "{'data': {}}",
        "{}",
        "[]",
        "7",
        "",
        "{",
        "{'event': 'join_conversation', 'event': 'join_conversation', 'data': '" + ID + "'}",
      })
  void theCodeTakesAndRefusesTheSameFramesAsTheContract(String text) {
    String frame = text.replace('\'', '"');
    boolean allowed = CONTRACT.validateFrame(Direction.FROM_CLIENT, frame).isEmpty();
    assertThat(isTaken(frame)).as(frame).isEqualTo(allowed);
  }

  @Test
  void anIdMayHave64Characters() {
    for (int length : new int[] {64, 65}) {
      String frame =
          "{\"event\":\"join_conversation\",\"id\":\""
              + "😀".repeat(length)
              + "\",\"data\":\""
              + ID
              + "\"}";
      assertThat(CONTRACT.validateFrame(Direction.FROM_CLIENT, frame).isEmpty())
          .isEqualTo(length == 64);
      assertThat(isTaken(frame)).isEqualTo(length == 64);
    }
  }

  private boolean isTaken(String frame) {
    try {
      ((ClientFrame.Request) codec.decode(frame)).command();
      return true;
    } catch (ChatException e) {
      return false;
    }
  }

  private static void assertFits(String frame) {
    assertThat(CONTRACT.validateFrame(Direction.TO_CLIENT, frame)).isEmpty();
  }

  private static void assertReported(String frame) {
    assertThat(CONTRACT.validateFrame(Direction.TO_CLIENT, frame)).as(frame).isNotEmpty();
  }
}

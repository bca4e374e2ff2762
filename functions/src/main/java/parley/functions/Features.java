package parley.functions;

import java.security.SecureRandom;
import java.time.Clock;
import parley.auth.AuthService;
import parley.auth.PasswordHasher;
import parley.auth.SessionRepository;
import parley.auth.TokenService;
import parley.block.BlockRepository;
import parley.block.BlockService;
import parley.circle.CircleRepository;
import parley.circle.CircleService;
import parley.connection.ConnectionService;
import parley.conversation.ConversationRepository;
import parley.conversation.ConversationService;
import parley.delivery.Broadcaster;
import parley.friend.FriendListRepository;
import parley.friend.FriendRepository;
import parley.friend.FriendService;
import parley.group.Arrivals;
import parley.group.Departures;
import parley.group.GroupRepository;
import parley.group.GroupService;
import parley.group.InviteRepository;
import parley.group.InviteService;
import parley.group.MemberRepository;
import parley.inbox.InboxRepository;
import parley.inbox.InboxService;
import parley.message.DisappearingRepository;
import parley.message.DisappearingService;
import parley.message.EditRepository;
import parley.message.EditService;
import parley.message.ForwardRepository;
import parley.message.ForwardService;
import parley.message.MessageRepository;
import parley.message.MessageService;
import parley.message.SendRepository;
import parley.message.SpentClientIdRepository;
import parley.pin.PinRepository;
import parley.pin.PinService;
import parley.platform.Ids;
import parley.platform.sql.Sql;
import parley.presence.PresenceRepository;
import parley.presence.PresenceService;
import parley.profile.ProfileRepository;
import parley.profile.ProfileService;
import parley.reaction.ReactionRepository;
import parley.reaction.ReactionService;
import parley.receipt.ReceiptRepository;
import parley.receipt.ReceiptService;
import parley.search.SearchRepository;
import parley.search.SearchService;
import parley.star.StarRepository;
import parley.star.StarService;
import parley.sweep.SweepService;
import parley.sync.FeedRepository;
import parley.sync.PresentState;
import parley.sync.SyncService;
import parley.typing.TypingService;
import parley.user.UserRepository;
import parley.user.UserService;

/**
 * Makes the feature services of a function, each when it is asked for, over {@link Adapters}. The
 * services keep no state: two of a kind are as good as one.
 */
final class Features {
  private final Adapters adapters;
  private final Clock clock;
  private final SecureRandom random;
  private final Ids ids;
  private final Sql sql;
  private final ConversationRepository conversations;

  Features(Adapters adapters, Clock clock, SecureRandom random) {
    this.adapters = adapters;
    this.clock = clock;
    this.random = random;
    ids = new Ids(clock, random);
    sql = adapters.sql();
    conversations = new ConversationRepository(sql);
  }

  AuthService auth(TokenService tokens) {
    return new AuthService(
        new SessionRepository(sql), new PasswordHasher(random), tokens, ids, clock);
  }

  ProfileService profiles() {
    return new ProfileService(new ProfileRepository(sql), circles(), presence(), broadcaster());
  }

  UserService users() {
    return new UserService(new UserRepository(sql));
  }

  FriendService friends() {
    return new FriendService(
        new FriendRepository(sql),
        new FriendListRepository(sql),
        circles(),
        broadcaster(),
        ids,
        clock);
  }

  PresenceService presence() {
    return new PresenceService(
        new PresenceRepository(sql),
        adapters.presenceTable(),
        circles(),
        adapters.whisper(),
        clock);
  }

  BlockService blocks() {
    return new BlockService(
        new BlockRepository(sql), circles(), presence(), broadcaster(), ids, clock);
  }

  ConnectionService connections() {
    return new ConnectionService(
        adapters.connectionTable(),
        adapters.connectionSlots(),
        adapters.openingTable(),
        adapters.joinedTable(),
        conversations,
        ids);
  }

  ConversationService conversations() {
    return new ConversationService(conversations, ids, clock);
  }

  InboxService inbox() {
    return new InboxService(
        new InboxRepository(sql), conversations, receipts(), broadcaster(), clock);
  }

  DisappearingService disappearing() {
    return new DisappearingService(
        new DisappearingRepository(sql), conversations, broadcaster(), ids);
  }

  GroupService groups() {
    return new GroupService(
        new GroupRepository(sql),
        new MemberRepository(sql),
        conversations,
        arrivals(),
        departures(),
        adapters.pendingSends(),
        broadcaster(),
        ids,
        clock);
  }

  InviteService invites() {
    return new InviteService(
        new InviteRepository(sql), conversations, arrivals(), ids, random, clock);
  }

  MessageService messages() {
    return new MessageService(
        new MessageRepository(sql),
        new SendRepository(sql),
        adapters.pendingSends(),
        broadcaster(),
        ids);
  }

  EditService edits() {
    return new EditService(new EditRepository(sql), broadcaster());
  }

  ForwardService forwards() {
    return new ForwardService(new ForwardRepository(sql), messages());
  }

  TypingService typings() {
    return new TypingService(adapters.joinedTable(), circles(), adapters.whisper(), clock);
  }

  ReceiptService receipts() {
    return new ReceiptService(new ReceiptRepository(sql), broadcaster());
  }

  ReactionService reactions() {
    return new ReactionService(new ReactionRepository(sql), broadcaster());
  }

  PinService pins() {
    return new PinService(new PinRepository(sql), broadcaster());
  }

  StarService stars() {
    return new StarService(new StarRepository(sql), broadcaster());
  }

  SearchService search() {
    return new SearchService(new SearchRepository(sql));
  }

  SyncService sync() {
    return new SyncService(
        new FeedRepository(sql),
        new PresentState(
            conversations,
            new MessageRepository(sql),
            new FriendListRepository(sql),
            new BlockRepository(sql),
            new UserRepository(sql),
            new ProfileRepository(sql),
            new ReceiptRepository(sql),
            new PinRepository(sql),
            new StarRepository(sql)));
  }

  SweepService sweep() {
    return new SweepService(
        messages(),
        departures(),
        disappearing(),
        new FeedRepository(sql),
        new SpentClientIdRepository(sql));
  }

  private Arrivals arrivals() {
    return new Arrivals(conversations, broadcaster());
  }

  private Departures departures() {
    return new Departures(adapters.joinedTable(), conversations, broadcaster());
  }

  private CircleService circles() {
    return new CircleService(adapters.circleTable(), new CircleRepository(sql));
  }

  /** Not made before it is wanted: it needs a setting that not all functions have. */
  private Broadcaster broadcaster() {
    return adapters.broadcaster();
  }
}

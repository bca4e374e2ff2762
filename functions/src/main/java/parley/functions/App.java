package parley.functions;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Consumer;
import parley.auth.AuthService;
import parley.auth.PasswordHasher;
import parley.auth.SessionRepository;
import parley.auth.SigningKey;
import parley.auth.TokenService;
import parley.block.BlockRepository;
import parley.block.BlockService;
import parley.circle.CircleRepository;
import parley.circle.CircleService;
import parley.connection.ConnectionService;
import parley.connection.ConnectionTable;
import parley.conversation.ConversationRepository;
import parley.conversation.ConversationService;
import parley.delivery.Broadcaster;
import parley.delivery.ConnectionCloser;
import parley.delivery.ConnectionGateway;
import parley.delivery.DeliveryService;
import parley.delivery.KeepaliveService;
import parley.delivery.Whisper;
import parley.friend.FriendListRepository;
import parley.friend.FriendRepository;
import parley.friend.FriendService;
import parley.functions.http.GroupRoutes;
import parley.functions.http.Health;
import parley.functions.http.MarkRoutes;
import parley.functions.http.MessageRoutes;
import parley.functions.http.ReceiptRoutes;
import parley.functions.http.Router;
import parley.functions.http.InboxRoutes;
import parley.functions.http.Routes;
import parley.functions.socket.Codecs;
import parley.functions.socket.Commands;
import parley.functions.socket.SocketIoHandshake;
import parley.functions.socket.Sockets;
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
import parley.pin.PinRepository;
import parley.pin.PinService;
import parley.platform.Config;
import parley.platform.Ids;
import parley.platform.Setting;
import parley.platform.Sleeper;
import parley.platform.aws.AwsClients;
import parley.platform.log.Level;
import parley.platform.log.Log;
import parley.platform.sql.Migrator;
import parley.platform.sql.Sql;
import parley.presence.ComingsAndGoings;
import parley.presence.PresenceRepository;
import parley.presence.PresenceService;
import parley.profile.ProfileRepository;
import parley.profile.ProfileService;
import parley.receipt.ReceiptRepository;
import parley.receipt.ReceiptService;
import parley.reaction.ReactionRepository;
import parley.reaction.ReactionService;
import parley.search.SearchRepository;
import parley.search.SearchService;
import parley.star.StarRepository;
import parley.star.StarService;
import parley.sweep.SweepService;
import parley.sync.FeedRepository;
import parley.sync.SyncService;
import parley.typing.TypingService;
import parley.user.UserRepository;
import parley.user.UserService;

/**
 * The composition root: everything that a function needs is made here, over {@link Adapters}, with
 * plain {@code new}. Each function asks for what it serves with and so needs no setting that only
 * others use.
 */
public final class App {
  private final Config config;
  private final Clock clock;
  private final Consumer<String> logLines;
  private final SecureRandom random = new SecureRandom();
  private final Ids ids;
  private final Codecs codecs = new Codecs();
  private final Adapters adapters;
  private final Priming priming;

  /** The application of a function that runs on Lambda. */
  @SuppressWarnings("SystemOut") // Lambda makes an event of the log of each line written there.
  public static App onLambda() {
    return new App(
        new Config(System.getenv()),
        new AwsClients(),
        Clock.systemUTC(),
        Sleeper.SYSTEM,
        line -> System.out.println(line));
  }

  /**
   * @param sleeper pauses before deliveries are tried again
   * @param logLines takes each line of the functions' logs, JSON
   */
  public App(
      Config config, AwsClients aws, Clock clock, Sleeper sleeper, Consumer<String> logLines) {
    this.config = config;
    this.clock = clock;
    this.logLines = logLines;
    this.ids = new Ids(clock, random);
    this.adapters = new Adapters(config, aws, clock, sleeper, codecs);
    this.priming = new Priming(config, aws, clock, random);
  }

  Log log(Class<?> function) {
    return new Log(
        function.getSimpleName(),
        config.require(Setting.STAGE),
        Level.valueOf(config.environment().getOrDefault(Log.LEVEL_VARIABLE, Level.INFO.name())),
        clock,
        logLines);
  }

  Router router() {
    Sql sql = adapters.sql();
    ConnectionTable table = adapters.connectionTable();
    Broadcaster broadcaster = adapters.broadcaster(table, adapters.gateway());
    TokenService tokens = tokens();
    ConversationRepository conversations = new ConversationRepository(sql);
    MessageRepository messages = new MessageRepository(sql);
    MessageService sends = messages(sql, broadcaster);
    FriendListRepository friends = new FriendListRepository(sql);
    BlockRepository blocks = new BlockRepository(sql);
    ProfileRepository profiles = new ProfileRepository(sql);
    ReceiptRepository receipts = new ReceiptRepository(sql);
    PinRepository pins = new PinRepository(sql);
    StarRepository stars = new StarRepository(sql);
    CircleService circles = circles(sql);
    PresenceService presence = presence(sql, circles, adapters.whisper(table, adapters.gateway()));
    return new Router(
        new Routes(
            new AuthService(
                new SessionRepository(sql), new PasswordHasher(random), tokens, ids, clock),
            tokens,
            new ProfileService(profiles, circles, presence, broadcaster),
            new UserService(new UserRepository(sql)),
            new FriendService(new FriendRepository(sql), friends, circles, broadcaster, ids, clock),
            presence,
            new BlockService(blocks, circles, broadcaster, ids, clock),
            new ConversationService(conversations, ids, clock),
            sends,
            new SyncService(
                new FeedRepository(sql),
                conversations,
                messages,
                friends,
                blocks,
                profiles,
                receipts,
                pins,
                stars),
            new InboxRoutes(
                new ConversationService(conversations, ids, clock),
                new InboxService(new InboxRepository(sql), conversations, broadcaster, clock),
                new DisappearingService(
                    new DisappearingRepository(sql), conversations, broadcaster, ids)),
            new MessageRoutes(edits(sql, broadcaster), forwards(sql, sends)),
            new ReceiptRoutes(new ReceiptService(receipts, broadcaster)),
            new MarkRoutes(
                reactions(sql, broadcaster),
                new PinService(pins, broadcaster),
                new StarService(stars, broadcaster),
                new SearchService(new SearchRepository(sql))),
            new GroupRoutes(
                new GroupService(
                    new GroupRepository(sql),
                    new MemberRepository(sql),
                    conversations,
                    departures(conversations, broadcaster),
                    adapters.pendingSends(),
                    broadcaster,
                    ids,
                    clock),
                new InviteService(
                    new InviteRepository(sql), conversations, broadcaster, ids, random, clock)),
            new Health(sql, table)));
  }

  Sockets sockets() {
    Sql sql = adapters.sql();
    ConnectionTable table = adapters.connectionTable();
    ConnectionGateway gateway = adapters.gateway();
    ConnectionCloser closer = new ConnectionCloser(gateway, codecs);
    ConnectionService connections =
        new ConnectionService(
            table,
            adapters.connectionSlots(),
            adapters.joinedTable(),
            new ConversationRepository(sql),
            ids);
    ComingsAndGoings presence = comingsAndGoings();
    Broadcaster broadcaster = adapters.broadcaster(table, gateway);
    MessageService messages = messages(sql, broadcaster);
    return new Sockets(
        connections,
        presence,
        new Commands(
            connections,
            messages,
            new TypingService(
                adapters.joinedTable(), circles(sql), adapters.whisper(table, gateway), clock),
            edits(sql, broadcaster),
            forwards(sql, messages),
            new ReceiptService(new ReceiptRepository(sql), broadcaster),
            reactions(sql, broadcaster),
            clock),
        new SocketIoHandshake(connections, presence, tokens(), gateway, closer, codecs.socketIo()),
        gateway,
        closer,
        adapters.deliveryQueue(),
        codecs);
  }

  DeliveryService deliveries() {
    Sql sql = adapters.sql();
    ConnectionTable table = adapters.connectionTable();
    ConnectionGateway gateway = adapters.gateway();
    return new DeliveryService(
        adapters.dispatcher(table, gateway),
        presence(sql, circles(sql), adapters.whisper(table, gateway))::announce,
        adapters.deliveryQueues(),
        clock);
  }

  SweepService sweep() {
    Sql sql = adapters.sql();
    ConversationRepository conversations = new ConversationRepository(sql);
    Broadcaster broadcaster = adapters.broadcaster(adapters.connectionTable(), adapters.gateway());
    return new SweepService(
        messages(sql, broadcaster),
        departures(conversations, broadcaster),
        new DisappearingService(new DisappearingRepository(sql), conversations, broadcaster, ids),
        new FeedRepository(sql));
  }

  KeepaliveService keepalive() {
    return new KeepaliveService(
        adapters.connectionSlots(),
        adapters.dispatcher(adapters.connectionTable(), adapters.gateway()),
        codecs,
        clock);
  }

  ComingsAndGoings comingsAndGoings() {
    return new ComingsAndGoings(adapters.presenceTable(), adapters.deliveryQueue(), clock);
  }

  TokenService tokens() {
    SigningKey key = adapters.signingKey();
    priming.renewBy(key::forget);
    return new TokenService(key, clock);
  }

  Migrator migrator() {
    return new Migrator(adapters.sqlOfMigrations());
  }

  Priming priming() {
    return priming;
  }

  private MessageService messages(Sql sql, Broadcaster broadcaster) {
    return new MessageService(
        new MessageRepository(sql),
        new SendRepository(sql),
        adapters.pendingSends(),
        broadcaster,
        ids);
  }

  private static EditService edits(Sql sql, Broadcaster broadcaster) {
    return new EditService(new EditRepository(sql), broadcaster);
  }

  private static ReactionService reactions(Sql sql, Broadcaster broadcaster) {
    return new ReactionService(new ReactionRepository(sql), broadcaster);
  }

  private static ForwardService forwards(Sql sql, MessageService messages) {
    return new ForwardService(new ForwardRepository(sql), messages);
  }

  private Departures departures(ConversationRepository conversations, Broadcaster broadcaster) {
    return new Departures(adapters.joinedTable(), conversations, broadcaster);
  }

  private CircleService circles(Sql sql) {
    return new CircleService(adapters.circleTable(), new CircleRepository(sql));
  }

  private PresenceService presence(Sql sql, CircleService circles, Whisper whisper) {
    return new PresenceService(
        new PresenceRepository(sql), adapters.presenceTable(), circles, whisper);
  }
}

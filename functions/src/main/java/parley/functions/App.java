package parley.functions;

import java.net.URI;
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
import parley.circle.CircleTable;
import parley.connection.ConnectionService;
import parley.connection.ConnectionSlots;
import parley.connection.ConnectionTable;
import parley.connection.JoinedTable;
import parley.connection.PresenceTable;
import parley.conversation.ConversationRepository;
import parley.conversation.ConversationService;
import parley.delivery.Broadcaster;
import parley.delivery.ConnectionCloser;
import parley.delivery.ConnectionGateway;
import parley.delivery.DeliveryQueue;
import parley.delivery.DeliveryService;
import parley.delivery.Dispatcher;
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
import parley.message.PendingSends;
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
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The composition root: everything that a function needs is made here with plain {@code new}. Each
 * function asks for what it serves with and so needs no setting that only others use.
 */
public final class App {
  private final Config config;
  private final AwsClients aws;
  private final Clock clock;
  private final Sleeper sleeper;
  private final Consumer<String> logLines;
  private final SecureRandom random = new SecureRandom();
  private final Ids ids;
  private final Codecs codecs = new Codecs();
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
    this.aws = aws;
    this.clock = clock;
    this.sleeper = sleeper;
    this.logLines = logLines;
    this.ids = new Ids(clock, random);
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
    Sql sql = sql();
    ConnectionTable table = connectionTable();
    Broadcaster broadcaster = broadcaster(table, gateway());
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
    PresenceService presence = presence(sql, circles, whisper(table, gateway()));
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
                    pendingSends(),
                    broadcaster,
                    ids,
                    clock),
                new InviteService(
                    new InviteRepository(sql), conversations, broadcaster, ids, random, clock)),
            new Health(sql, table)));
  }

  Sockets sockets() {
    Sql sql = sql();
    ConnectionTable table = connectionTable();
    ConnectionGateway gateway = gateway();
    ConnectionCloser closer = new ConnectionCloser(gateway, codecs);
    ConnectionService connections =
        new ConnectionService(
            table, connectionSlots(), joinedTable(), new ConversationRepository(sql), ids);
    ComingsAndGoings presence = comingsAndGoings();
    Broadcaster broadcaster = broadcaster(table, gateway);
    MessageService messages = messages(sql, broadcaster);
    return new Sockets(
        connections,
        presence,
        new Commands(
            connections,
            messages,
            new TypingService(joinedTable(), circles(sql), whisper(table, gateway), clock),
            edits(sql, broadcaster),
            forwards(sql, messages),
            new ReceiptService(new ReceiptRepository(sql), broadcaster),
            reactions(sql, broadcaster),
            clock),
        new SocketIoHandshake(connections, presence, tokens(), gateway, closer, codecs.socketIo()),
        gateway,
        closer,
        deliveryQueue(),
        codecs);
  }

  DeliveryService deliveries() {
    Sql sql = sql();
    LambdaClient lambda = aws.lambda();
    ConnectionTable table = connectionTable();
    ConnectionGateway gateway = gateway();
    return new DeliveryService(
        dispatcher(table, gateway),
        presence(sql, circles(sql), whisper(table, gateway))::announce,
        function -> new DeliveryQueue(lambda, function),
        clock);
  }

  SweepService sweep() {
    Sql sql = sql();
    ConversationRepository conversations = new ConversationRepository(sql);
    Broadcaster broadcaster = broadcaster(connectionTable(), gateway());
    return new SweepService(
        messages(sql, broadcaster),
        departures(conversations, broadcaster),
        new DisappearingService(new DisappearingRepository(sql), conversations, broadcaster, ids),
        new FeedRepository(sql));
  }

  KeepaliveService keepalive() {
    return new KeepaliveService(
        connectionSlots(), dispatcher(connectionTable(), gateway()), codecs, clock);
  }

  ComingsAndGoings comingsAndGoings() {
    return new ComingsAndGoings(presenceTable(), deliveryQueue(), clock);
  }

  TokenService tokens() {
    SecretsManagerClient secrets = aws.secretsManager();
    String secret = config.require(Setting.JWT_SECRET_ARN);
    SigningKey key =
        new SigningKey(
            () -> secrets.getSecretValue(request -> request.secretId(secret)).secretString());
    priming.renewBy(key::forget);
    return new TokenService(key, clock);
  }

  Migrator migrator() {
    return new Migrator(new Sql(aws.rdsDataForMigrations(), config));
  }

  Priming priming() {
    return priming;
  }

  private Sql sql() {
    return new Sql(aws.rdsData(), config);
  }

  private MessageService messages(Sql sql, Broadcaster broadcaster) {
    return new MessageService(
        new MessageRepository(sql), new SendRepository(sql), pendingSends(), broadcaster, ids);
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

  private ConnectionTable connectionTable() {
    return new ConnectionTable(aws.dynamoDb(), config, clock);
  }

  private ConnectionSlots connectionSlots() {
    return new ConnectionSlots(aws.dynamoDb(), config);
  }

  private JoinedTable joinedTable() {
    return new JoinedTable(aws.dynamoDb(), config);
  }

  private PendingSends pendingSends() {
    return new PendingSends(aws.dynamoDb(), config, clock);
  }

  private Departures departures(ConversationRepository conversations, Broadcaster broadcaster) {
    return new Departures(joinedTable(), conversations, broadcaster);
  }

  private PresenceTable presenceTable() {
    return new PresenceTable(aws.dynamoDb(), config, clock);
  }

  private CircleService circles(Sql sql) {
    return new CircleService(
        new CircleTable(aws.dynamoDb(), config, clock), new CircleRepository(sql));
  }

  private PresenceService presence(Sql sql, CircleService circles, Whisper whisper) {
    return new PresenceService(new PresenceRepository(sql), presenceTable(), circles, whisper);
  }

  private Whisper whisper(ConnectionTable table, ConnectionGateway gateway) {
    return new Whisper(table, dispatcher(table, gateway), codecs);
  }

  private ConnectionGateway gateway() {
    URI endpoint = URI.create(config.require(Setting.CONNECTIONS_ENDPOINT));
    return new ConnectionGateway(aws.connections(endpoint));
  }

  private DeliveryQueue deliveryQueue() {
    return new DeliveryQueue(aws.lambda(), config.require(Setting.DELIVERY_FUNCTION_ARN));
  }

  private Dispatcher dispatcher(ConnectionTable table, ConnectionGateway gateway) {
    return new Dispatcher(
        table, connectionSlots(), gateway, new ConnectionCloser(gateway, codecs), clock, sleeper);
  }

  private Broadcaster broadcaster(ConnectionTable table, ConnectionGateway gateway) {
    return new Broadcaster(table, dispatcher(table, gateway), deliveryQueue(), codecs, clock);
  }
}

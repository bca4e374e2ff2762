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
import parley.connection.ConnectionService;
import parley.connection.ConnectionSlots;
import parley.connection.ConnectionTable;
import parley.conversation.ConversationRepository;
import parley.conversation.ConversationService;
import parley.delivery.Broadcaster;
import parley.delivery.ConnectionCloser;
import parley.delivery.ConnectionGateway;
import parley.delivery.DeliveryQueue;
import parley.delivery.DeliveryService;
import parley.delivery.Dispatcher;
import parley.delivery.KeepaliveService;
import parley.friend.FriendListRepository;
import parley.friend.FriendRepository;
import parley.friend.FriendService;
import parley.functions.http.GroupRoutes;
import parley.functions.http.Health;
import parley.functions.http.ReceiptRoutes;
import parley.functions.http.Router;
import parley.functions.http.InboxRoutes;
import parley.functions.http.Routes;
import parley.functions.socket.Codecs;
import parley.functions.socket.Commands;
import parley.functions.socket.SocketIoHandshake;
import parley.functions.socket.Sockets;
import parley.group.GroupRepository;
import parley.group.GroupService;
import parley.group.InviteRepository;
import parley.group.InviteService;
import parley.group.MemberRepository;
import parley.inbox.InboxRepository;
import parley.inbox.InboxService;
import parley.message.DisappearingRepository;
import parley.message.DisappearingService;
import parley.message.MessageRepository;
import parley.message.MessageService;
import parley.message.PendingSends;
import parley.platform.Config;
import parley.platform.Ids;
import parley.platform.Setting;
import parley.platform.aws.AwsClients;
import parley.platform.log.Level;
import parley.platform.log.Log;
import parley.platform.sql.Migrator;
import parley.platform.sql.Sql;
import parley.profile.ProfileRepository;
import parley.profile.ProfileService;
import parley.receipt.ReceiptRepository;
import parley.receipt.ReceiptService;
import parley.sweep.SweepService;
import parley.sync.FeedRepository;
import parley.sync.SyncService;
import parley.user.UserRepository;
import parley.user.UserService;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The composition root: everything that a function needs is made here with plain {@code new}. Each
 * function asks for what it serves with and so needs no setting that only others use.
 */
public final class App {
  private final Config config;
  private final AwsClients aws;
  private final Clock clock;
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
        line -> System.out.println(line));
  }

  /**
   * @param logLines takes each line of the functions' logs, JSON
   */
  public App(Config config, AwsClients aws, Clock clock, Consumer<String> logLines) {
    this.config = config;
    this.aws = aws;
    this.clock = clock;
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
    FriendListRepository friends = new FriendListRepository(sql);
    BlockRepository blocks = new BlockRepository(sql);
    ProfileRepository profiles = new ProfileRepository(sql);
    ReceiptRepository receipts = new ReceiptRepository(sql);
    return new Router(
        new Routes(
            new AuthService(
                new SessionRepository(sql), new PasswordHasher(random), tokens, ids, clock),
            tokens,
            new ProfileService(profiles, broadcaster),
            new UserService(new UserRepository(sql)),
            new FriendService(new FriendRepository(sql), friends, broadcaster, ids, clock),
            new BlockService(blocks, broadcaster, ids, clock),
            new ConversationService(conversations, ids, clock),
            new MessageService(messages, pendingSends(), broadcaster, ids),
            new SyncService(
                new FeedRepository(sql),
                conversations,
                messages,
                friends,
                blocks,
                profiles,
                receipts),
            new InboxRoutes(
                new ConversationService(conversations, ids, clock),
                new InboxService(new InboxRepository(sql), conversations, broadcaster, clock),
                new DisappearingService(
                    new DisappearingRepository(sql), conversations, broadcaster, ids)),
            new ReceiptRoutes(new ReceiptService(receipts, broadcaster)),
            new GroupRoutes(
                new GroupService(
                    new GroupRepository(sql),
                    new MemberRepository(sql),
                    conversations,
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
    Broadcaster broadcaster = broadcaster(table, gateway);
    ConnectionService connections =
        new ConnectionService(table, connectionSlots(), new ConversationRepository(sql));
    return new Sockets(
        connections,
        new Commands(
            connections,
            new MessageService(new MessageRepository(sql), pendingSends(), broadcaster, ids),
            new ReceiptService(new ReceiptRepository(sql), broadcaster),
            clock),
        new SocketIoHandshake(connections, tokens(), gateway, closer, codecs.socketIo()),
        gateway,
        closer,
        deliveryQueue(),
        codecs);
  }

  DeliveryService deliveries() {
    return new DeliveryService(dispatcher(connectionTable(), gateway()), clock);
  }

  SweepService sweep() {
    Sql sql = sql();
    Broadcaster broadcaster = broadcaster(connectionTable(), gateway());
    return new SweepService(
        new MessageService(new MessageRepository(sql), pendingSends(), broadcaster, ids),
        new DisappearingService(
            new DisappearingRepository(sql), new ConversationRepository(sql), broadcaster, ids),
        new FeedRepository(sql));
  }

  KeepaliveService keepalive() {
    return new KeepaliveService(
        connectionSlots(), dispatcher(connectionTable(), gateway()), codecs, clock);
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
    return new Migrator(sql());
  }

  Priming priming() {
    return priming;
  }

  private Sql sql() {
    return new Sql(aws.rdsData(), config);
  }

  private PendingSends pendingSends() {
    return new PendingSends(aws.dynamoDb(), config, clock);
  }

  private ConnectionTable connectionTable() {
    return new ConnectionTable(aws.dynamoDb(), config, clock);
  }

  private ConnectionSlots connectionSlots() {
    return new ConnectionSlots(aws.dynamoDb(), config);
  }

  private ConnectionGateway gateway() {
    URI endpoint = URI.create(config.require(Setting.CONNECTIONS_ENDPOINT));
    return new ConnectionGateway(aws.connections(endpoint));
  }

  private DeliveryQueue deliveryQueue() {
    return new DeliveryQueue(aws.lambda(), config);
  }

  private Dispatcher dispatcher(ConnectionTable table, ConnectionGateway gateway) {
    return new Dispatcher(
        table, connectionSlots(), gateway, new ConnectionCloser(gateway, codecs), clock);
  }

  private Broadcaster broadcaster(ConnectionTable table, ConnectionGateway gateway) {
    return new Broadcaster(table, dispatcher(table, gateway), deliveryQueue(), codecs, clock);
  }
}

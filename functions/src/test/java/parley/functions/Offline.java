package parley.functions;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import parley.auth.AuthService;
import parley.auth.PasswordHasher;
import parley.auth.Registration;
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
import parley.delivery.Dispatcher;
import parley.delivery.Whisper;
import parley.friend.FriendListRepository;
import parley.friend.FriendRepository;
import parley.friend.FriendService;
import parley.functions.http.GroupRoutes;
import parley.functions.http.Health;
import parley.functions.http.InboxRoutes;
import parley.functions.http.MarkRoutes;
import parley.functions.http.MessageRoutes;
import parley.functions.http.ReceiptRoutes;
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
import parley.sync.FeedRepository;
import parley.sync.SyncService;
import parley.typing.TypingService;
import parley.user.UserRepository;
import parley.user.UserService;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.DeleteConnectionRequest;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.DeleteConnectionResponse;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionRequest;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionResponse;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.rdsdata.RdsDataClient;
import software.amazon.awssdk.services.rdsdata.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.rdsdata.model.ExecuteStatementResponse;

/**
 * The application on AWS clients that reach nothing: what it does before it asks a service, and
 * what it does when a service fails. The database is down until {@link #answer} says otherwise.
 */
public final class Offline {
  private final List<String> posted = new ArrayList<>();
  private final List<String> closed = new ArrayList<>();
  private Database database =
      request -> {
        throw SdkClientException.create("the database is down");
      };

  private final Config config =
      new Config(
          Map.of(
              Setting.DATABASE_NAME.name(), "parley",
              Setting.DATABASE_ARN.name(), "arn:cluster",
              Setting.DATABASE_SECRET_ARN.name(), "arn:secret",
              Setting.CONNECTIONS_TABLE.name(), "connections"));
  private final Clock clock;
  private final Ids ids;
  private final SecureRandom random = new SecureRandom();
  private final Sql sql = new Sql(new FakeDataApi(), config);
  private final ConnectionTable table;
  private final ConnectionGateway gateway = new ConnectionGateway(new FakeGateway());
  private final TokenService tokens;
  private final AuthService auth;
  private final ConnectionSlots slots;
  private final DeliveryQueue queue;
  private final Broadcaster broadcaster;
  private final Whisper whisper;
  private final CircleService circles;
  private final PresenceService presence;
  private final JoinedTable joined;
  private final Codecs codecs = new Codecs();
  private final ConnectionCloser closer = new ConnectionCloser(gateway, codecs);

  /** How the database answers a statement. */
  public interface Database {
    ExecuteStatementResponse answer(ExecuteStatementRequest request);
  }

  public Offline(Clock clock) {
    this.clock = clock;
    ids = new Ids(clock, random);
    table = new ConnectionTable(new FakeTable(), config, clock);
    slots = new ConnectionSlots(new FakeTable(), config);
    queue = new DeliveryQueue(new FakeLambda(), "arn:delivery");
    tokens = new TokenService(new SigningKey(() -> "0123456789abcdef".repeat(4)), clock);
    auth =
        new AuthService(new SessionRepository(sql), new PasswordHasher(random), tokens, ids, clock);
    Dispatcher dispatcher = new Dispatcher(table, slots, gateway, closer, clock, Sleeper.SYSTEM);
    broadcaster = new Broadcaster(table, dispatcher, queue, codecs, clock);
    whisper = new Whisper(table, dispatcher, codecs);
    joined = new JoinedTable(new FakeTable(), config);
    circles =
        new CircleService(
            new CircleTable(new FakeTable(), config, clock), new CircleRepository(sql));
    presence =
        new PresenceService(
            new PresenceRepository(sql),
            new PresenceTable(new FakeTable(), config, clock),
            circles,
            whisper);
  }

  /** From now on the database answers so. */
  public void answer(Database answers) {
    database = answers;
  }

  /** A good access token of a user that nobody knows otherwise. */
  public String accessToken() {
    Database before = database;
    database = request -> ExecuteStatementResponse.builder().build();
    try {
      return auth.register(new Registration("ada@example.com", "correct horse", "Ada"))
          .accessToken();
    } finally {
      database = before;
    }
  }

  public Routes routes() {
    return new Routes(
        auth,
        tokens,
        new ProfileService(new ProfileRepository(sql), circles, presence, broadcaster),
        new UserService(new UserRepository(sql)),
        new FriendService(
            new FriendRepository(sql),
            new FriendListRepository(sql),
            circles,
            broadcaster,
            ids,
            clock),
        presence,
        new BlockService(new BlockRepository(sql), circles, broadcaster, ids, clock),
        new ConversationService(new ConversationRepository(sql), ids, clock),
        messages(),
        new SyncService(
            new FeedRepository(sql),
            new ConversationRepository(sql),
            new MessageRepository(sql),
            new FriendListRepository(sql),
            new BlockRepository(sql),
            new ProfileRepository(sql),
            new ReceiptRepository(sql),
            new PinRepository(sql),
            new StarRepository(sql)),
        new InboxRoutes(
            new ConversationService(new ConversationRepository(sql), ids, clock),
            new InboxService(
                new InboxRepository(sql), new ConversationRepository(sql), broadcaster, clock),
            new DisappearingService(
                new DisappearingRepository(sql),
                new ConversationRepository(sql),
                broadcaster,
                ids)),
        new MessageRoutes(edits(), forwards()),
        new ReceiptRoutes(receipts()),
        new MarkRoutes(
            reactions(),
            new PinService(new PinRepository(sql), broadcaster),
            new StarService(new StarRepository(sql), broadcaster),
            new SearchService(new SearchRepository(sql))),
        new GroupRoutes(
            new GroupService(
                new GroupRepository(sql),
                new MemberRepository(sql),
                new ConversationRepository(sql),
                new Departures(joined, new ConversationRepository(sql), broadcaster),
                new PendingSends(new FakeTable(), config, clock),
                broadcaster,
                ids,
                clock),
            new InviteService(
                new InviteRepository(sql),
                new ConversationRepository(sql),
                broadcaster,
                ids,
                new SecureRandom(),
                clock)),
        new Health(sql, table));
  }

  public Sockets sockets() {
    ConnectionService connections =
        new ConnectionService(table, slots, joined, new ConversationRepository(sql), ids);
    ComingsAndGoings comings =
        new ComingsAndGoings(new PresenceTable(new FakeTable(), config, clock), queue, clock);
    return new Sockets(
        connections,
        comings,
        new Commands(
            connections,
            messages(),
            new TypingService(joined, circles, whisper, clock),
            edits(),
            forwards(),
            receipts(),
            reactions(),
            clock),
        new SocketIoHandshake(connections, comings, tokens, gateway, closer, codecs.socketIo()),
        gateway,
        closer,
        queue,
        codecs);
  }

  /** The frames that were posted to connections, in their order. */
  public List<String> posted() {
    return List.copyOf(posted);
  }

  /** The connections that were closed, in their order. */
  public List<String> closed() {
    return List.copyOf(closed);
  }

  private ReceiptService receipts() {
    return new ReceiptService(new ReceiptRepository(sql), broadcaster);
  }

  private MessageService messages() {
    return new MessageService(
        new MessageRepository(sql),
        new SendRepository(sql),
        new PendingSends(new FakeTable(), config, clock),
        broadcaster,
        ids);
  }

  private EditService edits() {
    return new EditService(new EditRepository(sql), broadcaster);
  }

  private ForwardService forwards() {
    return new ForwardService(new ForwardRepository(sql), messages());
  }

  private ReactionService reactions() {
    return new ReactionService(new ReactionRepository(sql), broadcaster);
  }

  private final class FakeDataApi implements RdsDataClient {
    @Override
    public ExecuteStatementResponse executeStatement(ExecuteStatementRequest request) {
      return database.answer(request);
    }

    @Override
    public String serviceName() {
      return "rds-data";
    }

    @Override
    public void close() {}
  }

  private static final class FakeTable implements DynamoDbClient {
    @Override
    public GetItemResponse getItem(GetItemRequest request) {
      return GetItemResponse.builder().build();
    }

    @Override
    public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
      return BatchGetItemResponse.builder().build();
    }

    /** Every breach is a connection's first. */
    @Override
    public UpdateItemResponse updateItem(UpdateItemRequest request) {
      return UpdateItemResponse.builder()
          .attributes(Map.of("breaches", AttributeValue.fromN("1")))
          .build();
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
      return TransactWriteItemsResponse.builder().build();
    }

    @Override
    public PutItemResponse putItem(PutItemRequest request) {
      return PutItemResponse.builder().build();
    }

    @Override
    public DeleteItemResponse deleteItem(DeleteItemRequest request) {
      return DeleteItemResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "dynamodb";
    }

    @Override
    public void close() {}
  }

  private final class FakeGateway implements ApiGatewayManagementApiClient {
    @Override
    public PostToConnectionResponse postToConnection(PostToConnectionRequest request) {
      posted.add(request.data().asUtf8String());
      return PostToConnectionResponse.builder().build();
    }

    @Override
    public DeleteConnectionResponse deleteConnection(DeleteConnectionRequest request) {
      closed.add(request.connectionId());
      return DeleteConnectionResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "execute-api";
    }

    @Override
    public void close() {}
  }

  private static final class FakeLambda implements LambdaClient {
    @Override
    public String serviceName() {
      return "lambda";
    }

    @Override
    public void close() {}
  }
}

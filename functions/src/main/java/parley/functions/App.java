package parley.functions;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import parley.auth.SigningKey;
import parley.auth.TokenService;
import parley.connection.ConnectionService;
import parley.delivery.ConnectionCloser;
import parley.delivery.DeliveryService;
import parley.delivery.KeepaliveService;
import parley.functions.http.AccountRoutes;
import parley.functions.http.ConversationRoutes;
import parley.functions.http.FriendRoutes;
import parley.functions.http.GroupRoutes;
import parley.functions.http.HealthRoutes;
import parley.functions.http.MarkRoutes;
import parley.functions.http.MessageRoutes;
import parley.functions.http.ReceiptRoutes;
import parley.functions.http.Router;
import parley.functions.http.SyncRoutes;
import parley.functions.socket.Codecs;
import parley.functions.socket.Commands;
import parley.functions.socket.SocketIoHandshake;
import parley.functions.socket.Sockets;
import parley.platform.Config;
import parley.platform.Setting;
import parley.platform.Sleeper;
import parley.platform.aws.AwsClients;
import parley.platform.json.Json;
import parley.platform.log.Level;
import parley.platform.log.Log;
import parley.platform.sql.Migrator;
import parley.platform.sql.ServingRole;
import parley.presence.ComingsAndGoings;
import parley.sweep.SweepService;
import parley.sync.FeedRepository;

/**
 * The composition root: everything that a function needs is made here, of {@link Features} over
 * {@link Adapters}, with plain {@code new}. Each function asks for what it serves with and so needs
 * no setting that only others use.
 */
public final class App {
  private final Config config;
  private final Clock clock;
  private final Consumer<String> logLines;
  private final SecureRandom random = new SecureRandom();
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
    Features features = features();
    TokenService tokens = tokens();
    return new Router(
        tokens,
        List.of(
            new HealthRoutes(adapters.sql(), adapters.connectionTable()),
            new AccountRoutes(features.auth(tokens), features.profiles(), features.users()),
            new FriendRoutes(features.friends(), features.presence(), features.blocks()),
            new ConversationRoutes(
                features.conversations(), features.inbox(), features.disappearing()),
            new GroupRoutes(features.groups(), features.invites()),
            new MessageRoutes(features.messages(), features.edits(), features.forwards()),
            new MarkRoutes(
                features.reactions(), features.pins(), features.stars(), features.search()),
            new ReceiptRoutes(features.receipts()),
            new SyncRoutes(features.sync())));
  }

  Sockets sockets() {
    Features features = features();
    ConnectionService connections = features.connections();
    ComingsAndGoings presence = comingsAndGoings();
    ConnectionCloser closer = adapters.connectionCloser();
    return new Sockets(
        connections,
        presence,
        new Commands(
            connections,
            features.messages(),
            features.typings(),
            features.edits(),
            features.forwards(),
            features.receipts(),
            features.reactions(),
            clock),
        new SocketIoHandshake(
            connections, presence, tokens(), adapters.gateway(), closer, codecs.socketIo()),
        adapters.gateway(),
        closer,
        adapters.deliveryQueue(),
        codecs);
  }

  DeliveryService deliveries() {
    return new DeliveryService(
        adapters.dispatcher(), features().presence()::announce, adapters::deliveryQueue);
  }

  SweepService sweep() {
    return features().sweep();
  }

  KeepaliveService keepalive() {
    return new KeepaliveService(
        adapters.connectionSlots(),
        adapters.openingTable(),
        adapters.dispatcher(),
        codecs,
        comingsAndGoings()::goings,
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
    return new Migrator(adapters.sql());
  }

  ServingRole servingRole() {
    return new ServingRole(adapters.sql(), random);
  }

  /** Fetches the present password of the serving role. */
  Supplier<String> servingPassword() {
    Supplier<String> secret = adapters.secret(Setting.SERVING_SECRET_ARN);
    return () -> Json.readObject(secret.get()).string("password");
  }

  /** The feed, which MigrationFunction restarts after an import. */
  FeedRepository feed() {
    return new FeedRepository(adapters.sql());
  }

  Priming priming() {
    return priming;
  }

  private Features features() {
    return new Features(adapters, clock, random);
  }
}

package parley.functions;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import parley.platform.json.Json;
import parley.platform.sql.Migrator;
import parley.platform.sql.ServingRole;
import parley.sync.FeedRepository;

/**
 * Brings the schema up to date and gives the serving role its password and rights; the deployment's
 * trigger invokes it. After an import of the database an operator invokes it with the event {@code
 * {"restartFeed": true}}, so that all clients start over. Without that event it restarts a feed
 * only if it can see that the feed was imported.
 */
public final class MigrationFunction extends LambdaFunction {
  private static final String RESTART_FEED = "restartFeed";

  private final Migrator migrator;
  private final ServingRole servingRole;
  private final Supplier<String> servingPassword;
  private final FeedRepository feed;

  public MigrationFunction() {
    this(App.onLambda());
  }

  public MigrationFunction(App app) {
    super(app);
    migrator = app.migrator();
    servingRole = app.servingRole();
    servingPassword = app.servingPassword();
    feed = app.feed();
  }

  @Override
  Optional<String> answer(String event, String functionArn) {
    boolean wanted =
        !event.isBlank() && Json.readObject(event).optionalFlag(RESTART_FEED).orElse(false);
    List<String> migrated = migrator.migrate();
    servingRole.grant(servingPassword.get());
    return Optional.of(Json.write(Map.of("migrated", migrated, RESTART_FEED, restart(wanted))));
  }

  private boolean restart(boolean wanted) {
    if (wanted) {
      feed.restart();
    }
    return wanted || feed.restartIfImported();
  }
}

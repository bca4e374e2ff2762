package parley.functions;

import java.util.Map;
import java.util.Optional;
import parley.platform.json.Json;
import parley.platform.sql.Migrator;

/** Brings the schema up to date; the deployment's trigger invokes it. */
public final class MigrationFunction extends LambdaFunction {
  private final Migrator migrator;

  public MigrationFunction() {
    this(App.onLambda());
  }

  public MigrationFunction(App app) {
    super(app);
    migrator = app.migrator();
  }

  @Override
  Optional<String> answer(String event, String functionArn) {
    return Optional.of(Json.write(Map.of("migrated", migrator.migrate())));
  }
}

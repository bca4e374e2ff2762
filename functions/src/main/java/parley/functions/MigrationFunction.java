package parley.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import parley.platform.json.Json;
import parley.platform.sql.Migrator;

/** Brings the schema up to date; the deployment's trigger invokes it. */
public final class MigrationFunction implements RequestStreamHandler {
  private final Migrator migrator;

  public MigrationFunction() {
    this(App.onLambda());
  }

  public MigrationFunction(App app) {
    migrator = app.migrator();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    String result = Json.write(Map.of("migrated", migrator.migrate()));
    output.write(result.getBytes(StandardCharsets.UTF_8));
  }
}

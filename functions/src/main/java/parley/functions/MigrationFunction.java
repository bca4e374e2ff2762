package parley.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import parley.platform.json.Json;
import parley.platform.log.Log;
import parley.platform.sql.Migrator;

/** Brings the schema up to date; the deployment's trigger invokes it. */
public final class MigrationFunction implements RequestStreamHandler {
  private final Log log;
  private final Migrator migrator;

  public MigrationFunction() {
    this(App.onLambda());
  }

  public MigrationFunction(App app) {
    log = app.log(getClass());
    migrator = app.migrator();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    List<String> migrated = log.invocation(context.getAwsRequestId(), migrator::migrate);
    output.write(Json.write(Map.of("migrated", migrated)).getBytes(StandardCharsets.UTF_8));
  }
}

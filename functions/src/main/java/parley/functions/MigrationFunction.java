package parley.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.io.OutputStream;

/** Brings the schema up to date; the deployment's trigger invokes it. */
public final class MigrationFunction implements RequestStreamHandler {
  public MigrationFunction() {
    this(App.onLambda());
  }

  public MigrationFunction(App app) {}

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context) {}
}

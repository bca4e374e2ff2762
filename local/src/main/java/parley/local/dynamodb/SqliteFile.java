package parley.local.dynamodb;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteJob;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;
import software.amazon.dynamodb.services.local.shared.access.LocalDBClient;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteDBAccess;
import software.amazon.dynamodb.services.local.shared.jobs.JobsRegister;

/**
 * DynamoDB Local's database. By default SQLite waits at each write until the disk has it, which
 * takes milliseconds. This one appends to a log and leaves the rest to the operating system: what
 * was written survives the end of this process, but not a failure of the machine.
 */
final class SqliteFile extends SQLiteDBAccess {
  /** The name that DynamoDB Local gives to the one database that all callers share. */
  private static final String SHARED = "shared-local-instance";

  private static final int JOBS = 10;

  private SqliteFile(String file) {
    super(file);
    queue
        .execute(
            new SQLiteJob<@Nullable Void>() {
              @Override
              protected @Nullable Void job(SQLiteConnection connection) throws SQLiteException {
                connection.exec("pragma journal_mode = wal");
                connection.exec("pragma synchronous = off");
                return null;
              }
            })
        .complete();
  }

  /** Makes a request handler that keeps its data in a folder. */
  static LocalDynamoDBRequestHandler open(Path folder) {
    LocalDynamoDBRequestHandler handler =
        new LocalDynamoDBRequestHandler(0, false, folder.toString(), true, false);
    String file = LocalDynamoDBRequestHandler.generateDbFileRelativePath(folder.toString(), SHARED);
    databases(handler)
        .put(
            SHARED,
            new LocalDBClient(
                new SqliteFile(file), new JobsRegister(Executors.newFixedThreadPool(JOBS), false)));
    return handler;
  }

  /** It makes its databases when they are first asked for, and takes no other ones. */
  @SuppressWarnings("unchecked") // as the field is declared
  private static Map<String, AmazonDynamoDBLocal> databases(LocalDynamoDBRequestHandler handler) {
    try {
      Field field = LocalDynamoDBRequestHandler.class.getDeclaredField("dbRequestHandlers");
      field.setAccessible(true);
      return (Map<String, AmazonDynamoDBLocal>) field.get(handler);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "this version of DynamoDB Local keeps its databases elsewhere", e);
    }
  }
}

package parley.functions.http;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import parley.connection.ConnectionTable;
import parley.platform.sql.Sql;
import parley.user.UserId;

/** Whether what the system stands on answers. */
public final class HealthRoutes extends Routes {
  private static final UserId NOBODY = new UserId(new UUID(0, 0));

  private final Sql sql;
  private final ConnectionTable connections;

  public HealthRoutes(Sql sql, ConnectionTable connections) {
    this.sql = sql;
    this.connections = connections;
  }

  @Override
  List<Route> all(Bearer bearer) {
    return List.of(Route.of("GET /health", request -> HttpResponse.ok(check())));
  }

  /**
   * Asks the database and the table one question each.
   *
   * @throws RuntimeException what they failed with
   */
  private Map<String, String> check() {
    sql.statement("select 1 as one").execute();
    connections.find(Set.of(NOBODY));
    return Map.of("status", "ok");
  }
}

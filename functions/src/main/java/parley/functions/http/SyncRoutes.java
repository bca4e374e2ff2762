package parley.functions.http;

import java.util.List;
import parley.sync.SyncService;

/** Catching up. */
public final class SyncRoutes extends Routes {
  private final SyncService sync;

  public SyncRoutes(SyncService sync) {
    this.sync = sync;
  }

  @Override
  List<Route> all(Bearer bearer) {
    return List.of(
        bearer.route(
            "GET /sync",
            (me, request) ->
                HttpResponse.ok(
                    sync.sync(
                        me,
                        request.queryValue("cursor"),
                        request.limit(SyncService.DEFAULT_PAGE)))));
  }
}

package parley.functions.http;

import java.util.List;

/**
 * The HTTP contract of one part of the product, a line a route: how a request is read, which
 * service answers and with which status.
 */
public abstract class Routes {
  Routes() {}

  /**
   * @param bearer makes those that take an access token
   */
  abstract List<Route> all(Bearer bearer);
}

package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import parley.contract.Contract;
import parley.contract.Contract.Direction;

/** Holds what the system says against its written contract. */
final class ContractCheck {
  private static final Contract CONTRACT = Contract.load();

  private ContractCheck() {}

  static void response(String method, String path, Response response) {
    assertThat(CONTRACT.validateResponse(method, path, response.status(), response.body()))
        .as("%s answered %s", response.request(), response.body())
        .isEmpty();
  }

  static void frame(String text) {
    assertThat(CONTRACT.validateFrame(Direction.TO_CLIENT, text)).as(text).isEmpty();
  }
}

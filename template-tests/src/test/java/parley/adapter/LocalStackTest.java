package parley.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.abortedWithReason;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;
import org.testcontainers.utility.DockerImageName;

class LocalStackTest {
  @Test
  void testsAreSkippedWithTheReasonWhereThereIsNoDocker() {
    Events tests =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectClass(WithoutDocker.class))
            .execute()
            .testEvents();

    tests.assertStatistics(statistics -> statistics.started(1).aborted(1).failed(0));
    tests
        .assertThatEvents()
        .haveExactly(
            1, event(abortedWithReason(message(reason -> reason.contains("needs Docker")))));
  }

  @Test
  void aFailedStartIsReportedToEveryTestAndNotRepeated() {
    AtomicInteger starts = new AtomicInteger();
    Aws.OneStart start =
        new Aws.OneStart(
            () -> {
              throw new IllegalStateException("start " + starts.incrementAndGet());
            });

    for (int test = 0; test < 3; test++) {
      assertThatThrownBy(start::services).hasMessage("start 1");
    }
  }

  @Test
  void itsImageIsOneRelease() {
    assertThat(DockerImageName.parse(LocalStack.IMAGE).getVersionPart())
        .matches("\\d+\\.\\d+\\.\\d+");
  }

  /** Run by the test above only. */
  static class WithoutDocker {
    @Test
    void neverGetsThere() {
      LocalStack.requireDocker(() -> false);
      throw new AssertionError("went on without Docker");
    }
  }
}

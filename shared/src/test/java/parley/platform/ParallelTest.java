package parley.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class ParallelTest {
  @Test
  void resultsAreInTheOrderOfTheItems() {
    assertThat(Parallel.map(List.of(3, 1, 2), number -> number * 10)).containsExactly(30, 10, 20);
  }

  @Test
  void aFailureIsThrownAsItIsAfterAllWorkIsDone() {
    ConcurrentLinkedQueue<Integer> done = new ConcurrentLinkedQueue<>();
    IllegalArgumentException failure = new IllegalArgumentException("two");

    assertThatThrownBy(
            () ->
                Parallel.forEach(
                    List.of(1, 2, 3),
                    number -> {
                      if (number == 2) {
                        throw failure;
                      }
                      done.add(number);
                    }))
        .isSameAs(failure);
    assertThat(done).containsExactlyInAnyOrder(1, 3);
  }

  @Test
  void anErrorIsTheCauseOfWhatIsThrown() {
    AssertionError error = new AssertionError("two");

    assertThatThrownBy(
            () ->
                Parallel.forEach(
                    List.of(1, 2),
                    number -> {
                      throw error;
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasCause(error);
  }
}

package parley.circle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import parley.user.UserId;

class CircleTest {
  private static final UserId ANN = user(1);
  private static final UserId BEN = user(2);
  private static final UserId CLEO = user(3);

  @Test
  void aFriendWhoBlocksOrIsBlockedIsNotShownWhetherTheUserIsOnline() {
    Circle circle = Circle.of(Set.of(ANN, BEN), Set.of(BEN, CLEO));

    assertThat(circle).isEqualTo(new Circle(Set.of(ANN), Set.of(BEN, CLEO)));
    assertThat(circle.admits(ANN)).isTrue();
    assertThat(circle.admits(CLEO)).isFalse();
  }

  @Test
  void aUserWithMoreBlocksThanACopyHoldsIsHiddenFromEverybody() {
    Circle fewer = Circle.of(Set.of(ANN), users(Circle.MOST - 1));
    Circle full = Circle.of(Set.of(ANN), users(Circle.MOST));

    assertThat(fewer.shownTo()).containsExactly(ANN);
    assertThat(fewer.admits(ANN)).isTrue();
    assertThat(full.shownTo()).isEmpty();
    assertThat(full.admits(ANN)).isFalse();
  }

  private static Set<UserId> users(int number) {
    return LongStream.range(100, 100 + number)
        .mapToObj(CircleTest::user)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static UserId user(long number) {
    return new UserId(new UUID(0, number));
  }
}

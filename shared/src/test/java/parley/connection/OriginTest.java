package parley.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.user.UserId;

class OriginTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          203.0.113.24                | 203.0.113.24
          ::ffff:203.0.113.24         | 203.0.113.24
          2001:db8:0:1:2:3:4:5        | 2001:db8:0:1::/64
          2001:0DB8:0:1::ffff         | 2001:db8:0:1::/64
          2001:db8:0:2::1             | 2001:db8:0:2::/64
          ::1                         | 0:0:0:0::/64
          fe80::1%eth0                | fe80:0:0:0::/64
          client.example.com          | unknown
          203.0.113.256               | unknown
          ''                          | unknown
                                      | unknown
          """)
  void anAddressIsAnOriginAsIsTheFirstHalfOfAnIpv6Address(String address, String origin) {
    assertThat(Origin.ofAddress(address).value()).isEqualTo(origin);
  }

  @Test
  void aUserIsAnOriginWhateverTheAddress() {
    UserId user = new UserId(new UUID(0, 7));

    assertThat(Origin.of(user).value()).isEqualTo("user 00000000-0000-0000-0000-000000000007");
  }

  @Test
  void addressesAndUsersHaveBucketsOfTheirOwn() {
    assertThat(addresses(256).map(OpeningTable::bucket)).allMatch(bucket -> bucket < 64);
    assertThat(users(256).map(OpeningTable::bucket))
        .allMatch(bucket -> bucket >= 64 && bucket < OpeningTable.BUCKETS);
  }

  @Test
  void neighboursAreSpreadOverAllBuckets() {
    for (Stream<Origin> origins : List.of(addresses(2560), users(2560))) {
      Map<Integer, Long> counts =
          origins
              .map(OpeningTable::bucket)
              .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
      assertThat(counts).hasSize(64);
      assertThat(counts.values()).as("40 each").allMatch(count -> count > 10 && count < 100);
    }
  }

  private static Stream<Origin> addresses(int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> Origin.ofAddress("198.51." + i / 256 + "." + i % 256));
  }

  private static Stream<Origin> users(int number) {
    return IntStream.range(0, number).mapToObj(i -> Origin.of(new UserId(new UUID(0, i))));
  }
}

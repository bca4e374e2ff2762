package parley.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import parley.infra.ApprovedTemplates;

/**
 * What would be deployed is what was approved: the local runtime boots from the approved templates,
 * so they may not differ from what {@code cdk deploy} takes.
 */
class ApprovedTemplateTest {
  static final List<String> FILES = ApprovedTemplates.FILES;

  private static final String HOW_TO_APPROVE =
      "If the change is meant: ./mvnw verify -pl template-tests -am -Dapprove";

  /** Enough of a difference to see what it is; the rest is in {@code git diff} once approved. */
  private static final int MOST_LINES = 60;

  @ParameterizedTest
  @FieldSource("FILES")
  void theTemplateIsTheApprovedOne(String file) throws IOException {
    Path approved = Synthesis.INFRA.resolve("approved").resolve(file);
    String actual = Synthesis.standard().templates().getOrDefault(file, "");
    if (System.getProperty("approve") != null) {
      Files.createDirectories(approved.getParent());
      Files.writeString(approved, actual);
    }
    String expected = Files.exists(approved) ? Files.readString(approved) : "";
    if (!actual.equals(expected)) {
      fail(
          "infra-cdk/approved/%s is not what the CDK app makes (- approved, + made):%n%s%n%s",
          file,
          LineDiff.between(expected.lines().toList(), actual.lines().toList(), MOST_LINES),
          HOW_TO_APPROVE);
    }
  }

  @Test
  void theCodeOfTheFunctionsDoesNotShowInTheTemplate() throws IOException {
    String made =
        Files.readString(Synthesis.standard().directory().resolve("ParleyApi.template.json"));
    // Another asset and another version of every function, as another jar would make them.
    String other =
        made.replaceAll("\\b[0-9a-f]{64}\\.jar", "f".repeat(64) + ".jar")
            .replaceAll("(FunctionCurrentVersion[0-9A-F]{8})[0-9a-f]{32}", "$1" + "e".repeat(32));

    assertThat(other).isNotEqualTo(made);
    assertThat(ApprovedTemplates.normalise(other)).isEqualTo(ApprovedTemplates.normalise(made));
  }

  @Test
  void whatIsNormalisedAlreadyStaysAsItIs() throws IOException {
    for (String normalised : Synthesis.standard().templates().values()) {
      assertThat(ApprovedTemplates.normalise(normalised)).isEqualTo(normalised);
    }
  }

  @Test
  void aDifferenceIsShownWithTheLinesAroundIt() {
    List<String> approved = List.of("a", "b", "c", "d", "e", "f", "g");
    List<String> made = new ArrayList<>(approved);
    made.set(4, "E");
    made.add("h");

    assertThat(LineDiff.between(approved, made, MOST_LINES))
        .isEqualTo(
            """
              ...
              c
              d
            - e
            + E
              f
              g
            + h
            """);
    assertThat(LineDiff.between(List.of("a"), List.of("b"), 1))
        .isEqualTo(
            """
            - a
              ... and 1 more lines
            """);
  }
}

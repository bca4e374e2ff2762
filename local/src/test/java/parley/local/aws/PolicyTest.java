package parley.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import parley.local.aws.Policy.Decision;

class PolicyTest {
  @Test
  void whatNoStatementAllowsIsDenied() {
    Policy policy =
        policy("{'Effect': 'Allow', 'Action': 'dynamodb:GetItem', 'Resource': 'arn:table/a'}");
    assertThat(policy.decide("dynamodb:GetItem", "arn:table/a")).isEqualTo(Decision.ALLOW);
    assertThat(policy.decide("dynamodb:getitem", "arn:table/a")).isEqualTo(Decision.ALLOW);
    assertThat(policy.decide("dynamodb:GetItem", "arn:table/b")).isEqualTo(Decision.IMPLICIT_DENY);
    assertThat(policy.decide("dynamodb:GetItem", "arn:TABLE/a")).isEqualTo(Decision.IMPLICIT_DENY);
    assertThat(policy.decide("dynamodb:Scan", "arn:table/a")).isEqualTo(Decision.IMPLICIT_DENY);
  }

  @Test
  void wildcardsStandForAnyTextAndForOneCharacter() {
    Policy policy =
        policy(
            "{'Effect': 'Allow', 'Action': ['dynamodb:*Item'], 'Resource': ['arn:t?/x', 'b.d*']}");
    assertThat(policy.decide("dynamodb:PutItem", "arn:t1/x")).isEqualTo(Decision.ALLOW);
    assertThat(policy.decide("dynamodb:PutItem", "arn:t12/x")).isEqualTo(Decision.IMPLICIT_DENY);
    assertThat(policy.decide("dynamodb:PutItem", "b.d/e")).isEqualTo(Decision.ALLOW);
    assertThat(policy.decide("dynamodb:PutItem", "bxd/e")).isEqualTo(Decision.IMPLICIT_DENY);
  }

  @Test
  void anExplicitDenyWins() {
    Policy policy =
        policy(
            """
            {'Effect': 'Allow', 'Action': '*', 'Resource': '*'},
            {'Effect': 'Deny', 'Action': 's3:*', 'Resource': 'arn:secret'}
            """);
    assertThat(policy.decide("s3:GetObject", "arn:secret")).isEqualTo(Decision.EXPLICIT_DENY);
    assertThat(policy.decide("s3:GetObject", "arn:open")).isEqualTo(Decision.ALLOW);
  }

  @Test
  void whatItCannotEvaluateItRefusesToRead() {
    for (String key : List.of("NotAction", "NotResource", "Condition")) {
      assertThatThrownBy(
              () ->
                  policy("{'Effect': 'Allow', 'Action': '*', 'Resource': '*', '" + key + "': {}}"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("the role")
          .hasMessageContaining(key);
    }
  }

  private static Policy policy(String statements) {
    try {
      String json = "{'Statement': [" + statements + "]}";
      return Policy.of("the role", List.of(new ObjectMapper().readTree(json.replace('\'', '"'))));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}

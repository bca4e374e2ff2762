package parley.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DeploymentTest {
  @Test
  void theApprovedTemplateHoldsNothingUnknownAndNothingUnresolved() {
    Deployment deployment = Deployment.read(null);
    assertThat(deployment.ofType("AWS::Lambda::Alias")).isNotEmpty();
    assertThat(deployment.resources())
        .allSatisfy(
            resource ->
                assertThat(resource.properties().toString()).doesNotContain("Fn::", "\"Ref\""));
    assertThat(deployment.outputs("ParleyApi").get("WebSocketUrl")).matches("wss://.+/ws");
  }

  @Test
  void aStackReadsWhatAnotherOneExports() {
    Deployment deployment =
        Stacks.of(
            """
            {'Resources': {'Queue': {'Type': 'AWS::SQS::Queue'}},
             'Outputs': {'Out': {'Value': {'Fn::GetAtt': ['Queue', 'Arn']},
                                 'Export': {'Name': 'a:queue'}}}}
            """,
            """
            {'Resources': {'Other': {'Type': 'AWS::SQS::Queue',
              'Properties': {'QueueName': {'Fn::ImportValue': 'a:queue'}}}}}
            """);
    assertThat(deployment.resources().getLast().requireText("QueueName"))
        .isEqualTo("arn:aws:sqs:us-east-1:000000000000:A-Queue");
  }

  @Test
  void aResourceComesAfterThoseItNeeds() {
    Deployment deployment =
        Stacks.of(
            """
            {'Resources': {
              'First': {'Type': 'AWS::SQS::Queue', 'DependsOn': 'Second'},
              'Second': {'Type': 'AWS::SQS::Queue',
                         'Properties': {'QueueName': {'Fn::Sub': '${Third.QueueName}-x'}}},
              'Third': {'Type': 'AWS::SQS::Queue'}}}
            """);
    assertThat(deployment.resources())
        .extracting(Resource::logicalId)
        .containsExactly("Third", "Second", "First");
  }

  @Test
  void aCycleIsNamed() {
    assertThatThrownBy(
            () ->
                Stacks.of(
                    """
                    {'Resources': {
                      'One': {'Type': 'AWS::SQS::Queue', 'DependsOn': ['Two']},
                      'Two': {'Type': 'AWS::SQS::Queue', 'DependsOn': ['One']}}}
                    """))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("S.One -> S.Two -> S.One");
  }

  @Test
  void namesThatNeedEachOtherAreACycleToo() {
    assertThatThrownBy(
            () ->
                Stacks.of(
                    """
                    {'Resources': {
                      'One': {'Type': 'AWS::SQS::Queue',
                              'Properties': {'QueueName': {'Fn::GetAtt': ['Two', 'QueueName']}}},
                      'Two': {'Type': 'AWS::SQS::Queue',
                              'Properties': {'QueueName': {'Fn::GetAtt': ['One', 'QueueName']}}}}}
                    """))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("S.One -> S.Two -> S.One");
  }

  @Test
  void anUnknownTypeIsNamedWithItsLogicalId() {
    assertThatThrownBy(
            () -> Stacks.of("{'Resources': {'Door': {'Type': 'AWS::Castle::Drawbridge'}}}"))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("S.Door (AWS::Castle::Drawbridge)");
  }

  @Test
  void anUnknownPropertyIsNamedWithItsLogicalId() {
    assertThatThrownBy(
            () ->
                Stacks.of(
                    """
                    {'Resources': {'Door': {'Type': 'AWS::SQS::Queue',
                      'Properties': {'FifoQueue': true}}}}
                    """))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("S.Door (AWS::SQS::Queue)")
        .hasMessageContaining("FifoQueue");
  }

  @Test
  void anUnknownIntrinsicIsAnErrorEvenInAResourceThatMeansNothingHere() {
    assertThatThrownBy(
            () ->
                Stacks.of(
                    """
                    {'Resources': {'Net': {'Type': 'AWS::EC2::VPC',
                      'Properties': {'Any': {'Fn::Transform': {}}}}}}
                    """))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("S.Net (AWS::EC2::VPC)")
        .hasMessageContaining("Fn::Transform");
  }

  @Test
  void unknownSectionsAndAttributesAreNamed() {
    assertThatThrownBy(() -> Stacks.of("{'Transform': 'Macro', 'Resources': {}}"))
        .hasMessageContaining("Transform");
    assertThatThrownBy(
            () ->
                Stacks.of(
                    "{'Resources': {'Q': {'Type': 'AWS::SQS::Queue', 'CreationPolicy': {}}}}"))
        .hasMessageContaining("S.Q")
        .hasMessageContaining("CreationPolicy");
  }
}

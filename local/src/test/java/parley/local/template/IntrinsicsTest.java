package parley.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntrinsicsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'plain' | plain",
        "{'Ref': 'Size'} | big",
        "{'Ref': 'AWS::Region'} | us-east-1",
        "{'Ref': 'AWS::AccountId'} | 000000000000",
        "{'Ref': 'AWS::StackName'} | S",
        "{'Ref': 'Other'} | https://sqs.us-east-1.amazonaws.com/000000000000/other",
        "{'Fn::GetAtt': ['Other', 'Arn']} | arn:aws:sqs:us-east-1:000000000000:other",
        "{'Fn::GetAtt': 'Other.QueueName'} | other",
        "{'Fn::Join': ['-', ['a', {'Ref': 'Size'}, 'c']]} | a-big-c",
        "{'Fn::Sub': 'x-${Size}-${Other.QueueName}-${!kept}'} | x-big-other-${kept}",
        "{'Fn::Sub': ['${a}/${AWS::Region}', {'a': {'Ref': 'Size'}}]} | big/us-east-1",
        "{'Fn::Select': [1, ['a', 'b']]} | b",
        "{'Fn::Select': ['2', {'Fn::Split': [':', 'p:q:r']}]} | r",
        "{'Fn::Select': [0, {'Fn::GetAZs': ''}]} | us-east-1a",
        "{'Fn::FindInMap': ['Codes', {'Ref': 'AWS::Region'}, 'short']} | use1",
        "{'Fn::If': ['IsBig', 'yes', 'no']} | yes",
        "{'Fn::If': ['IsSmall', 'yes', 'no']} | no",
      })
  void everyIntrinsicGivesWhatCloudFormationGives(String expression, String value) {
    assertThat(Stacks.value(expression)).isEqualTo(value);
  }

  @Test
  void andOrAndNotCombineConditions() {
    Deployment deployment =
        Stacks.of(
            """
            {'Conditions': {
               'Yes': {'Fn::Equals': ['a', 'a']}, 'No': {'Fn::Equals': ['a', 'b']},
               'Both': {'Fn::And': [{'Condition': 'Yes'}, {'Condition': 'No'}]},
               'Either': {'Fn::Or': [{'Condition': 'Yes'}, {'Condition': 'No'}]}},
             'Resources': {
               'Never': {'Type': 'AWS::SQS::Queue', 'Condition': 'Both'},
               'Always': {'Type': 'AWS::SQS::Queue', 'Condition': 'Either'}}}
            """);
    assertThat(deployment.resources()).extracting(Resource::logicalId).containsExactly("Always");
  }

  @Test
  void aPropertyWithoutAValueIsAsIfItWereNotThere() {
    Deployment deployment =
        Stacks.of(
            """
            {'Resources': {'Queue': {'Type': 'AWS::SQS::Queue',
              'Properties': {'QueueName': {'Ref': 'AWS::NoValue'}}}}}
            """);
    assertThat(deployment.resources().getFirst().text("QueueName")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'Fn::Cidr': ['10.0.0.0/16', 2, 8]} | unknown intrinsic function Fn::Cidr",
        "{'Ref': 'Nobody'} | Ref to Nobody",
        "{'Ref': 'AWS::Moon'} | unknown pseudo parameter AWS::Moon",
        "{'Fn::GetAtt': ['Nobody', 'Arn']} | Fn::GetAtt of Nobody",
        "{'Fn::GetAtt': ['Other', 'Colour']} | no attribute Colour of S.Other (AWS::SQS::Queue)",
        "{'Fn::ImportValue': 'nothing'} | imports nothing, which no stack exports",
        "{'Fn::Select': [7, ['a']]} | Fn::Select of element 7",
        "{'Fn::If': ['Unheard', 'a', 'b']} | names an unknown condition: Unheard",
        "{'Fn::FindInMap': ['Codes', 'x', 'y']} | no mapping Codes.x.y",
        "{'Fn::Join': ['-']} | Fn::Join wants 2 arguments",
      })
  void whatCannotBeResolvedIsAnErrorThatNamesTheCulprit(String expression, String message) {
    assertThatThrownBy(() -> Stacks.value(expression))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("S.Subject (AWS::SQS::Queue)")
        .hasMessageContaining(message);
  }
}

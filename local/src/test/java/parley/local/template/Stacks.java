package parley.local.template;

import java.util.LinkedHashMap;
import java.util.Map;

/** Small templates for tests; JSON may be written with single quotes. */
final class Stacks {
  private Stacks() {}

  /** One stack called S. */
  static Deployment of(String template) {
    return Deployment.of(Map.of("S", json(template)));
  }

  /** Two stacks, A before B. */
  static Deployment of(String a, String b) {
    Map<String, String> templates = new LinkedHashMap<>();
    templates.put("A", json(a));
    templates.put("B", json(b));
    return Deployment.of(templates);
  }

  /**
   * The value of an expression, as a queue's name in a stack with some parameters and conditions.
   */
  static String value(String expression) {
    return of("""
            {'Parameters': {'Size': {'Type': 'String', 'Default': 'big'}},
             'Mappings': {'Codes': {'us-east-1': {'short': 'use1'}}},
             'Conditions': {
               'IsBig': {'Fn::Equals': [{'Ref': 'Size'}, 'big']},
               'IsSmall': {'Fn::Not': [{'Condition': 'IsBig'}]}},
             'Resources': {
               'Other': {'Type': 'AWS::SQS::Queue', 'Properties': {'QueueName': 'other'}},
               'Subject': {'Type': 'AWS::SQS::Queue', 'Properties': {'QueueName': %s}}}}
            """
            .formatted(expression))
        .ofType("AWS::SQS::Queue")
        .getLast()
        .property("QueueName")
        .asText();
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}

package parley.local.template;

import java.util.Map;

/** Resource types that mean nothing on one machine, each with the reason. */
final class MeaninglessTypes {
  private static final String NETWORK = "one machine has no network to divide";
  private static final String WATCH = "nobody watches one machine";

  static final Map<String, String> REASONS =
      Map.ofEntries(
          Map.entry("AWS::ApiGatewayV2::ApiMapping", "one machine is called localhost"),
          Map.entry("AWS::ApiGateway::Account", "logs go to the console"),
          Map.entry("AWS::Budgets::Budget", "it costs nothing"),
          Map.entry("AWS::CDK::Metadata", "usage statistics of the deploying tool"),
          Map.entry("AWS::CloudWatch::Alarm", WATCH),
          Map.entry("AWS::CloudWatch::CompositeAlarm", WATCH),
          Map.entry("AWS::CloudWatch::Dashboard", WATCH),
          Map.entry("AWS::EC2::InternetGateway", NETWORK),
          Map.entry("AWS::EC2::Route", NETWORK),
          Map.entry("AWS::EC2::RouteTable", NETWORK),
          Map.entry("AWS::EC2::SecurityGroup", NETWORK),
          Map.entry("AWS::EC2::SecurityGroupEgress", NETWORK),
          Map.entry("AWS::EC2::SecurityGroupIngress", NETWORK),
          Map.entry("AWS::EC2::Subnet", NETWORK),
          Map.entry("AWS::EC2::SubnetRouteTableAssociation", NETWORK),
          Map.entry("AWS::EC2::VPC", NETWORK),
          Map.entry("AWS::EC2::VPCGatewayAttachment", NETWORK),
          Map.entry("AWS::KMS::Key", "it encrypts what alarms say, and nobody watches one machine"),
          Map.entry("AWS::Logs::MetricFilter", WATCH),
          Map.entry("AWS::RDS::DBClusterParameterGroup", "tuning of Aurora's own machines"),
          Map.entry(
              "AWS::RDS::DBInstance", "one Postgres serves the cluster, whatever its instances"),
          Map.entry("AWS::RDS::DBSubnetGroup", NETWORK),
          Map.entry("AWS::SNS::Subscription", WATCH),
          Map.entry("AWS::SNS::Topic", WATCH),
          Map.entry("AWS::SNS::TopicPolicy", WATCH),
          Map.entry(
              "AWS::SQS::QueuePolicy",
              "it denies what comes without encryption, and here nothing comes from elsewhere"),
          Map.entry(
              "Custom::VpcRestrictDefaultSG", "removes the rules of a security group, see VPC"));

  private MeaninglessTypes() {}
}

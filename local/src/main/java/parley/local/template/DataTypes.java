package parley.local.template;

import static parley.local.template.Account.arn;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import parley.local.template.ResourceType.Identity;
import parley.local.template.ResourceType.Lookup;

/** The resource types that hold data. */
final class DataTypes {
  private DataTypes() {}

  static void add() {
    Set<String> ignoredOfTables =
        Set.of(
            "BillingMode",
            "DeletionProtectionEnabled",
            "PointInTimeRecoverySpecification",
            "SSESpecification",
            "TableClass",
            "Tags",
            "WriteOnDemandThroughputSettings",
            "WriteProvisionedThroughputSettings");
    Set<String> usedOfTables =
        Set.of(
            "AttributeDefinitions",
            "GlobalSecondaryIndexes",
            "KeySchema",
            "LocalSecondaryIndexes",
            "Replicas",
            "TableName",
            "TimeToLiveSpecification");
    Function<Lookup, Identity> table =
        lookup -> {
          String name = lookup.text("TableName", lookup.generatedName());
          return new Identity(name, Map.of("Arn", arn("dynamodb", "table/" + name)));
        };
    ResourceTypes.add("AWS::DynamoDB::GlobalTable", usedOfTables, ignoredOfTables, table);
    ResourceTypes.add("AWS::DynamoDB::Table", usedOfTables, ignoredOfTables, table);
    ResourceTypes.add(
        "AWS::RDS::DBCluster",
        Set.of(
            "DBClusterIdentifier",
            "DatabaseName",
            "EnableHttpEndpoint",
            "Engine",
            "MasterUserPassword",
            "MasterUsername"),
        Set.of(
            "BackupRetentionPeriod",
            "CopyTagsToSnapshot",
            "DBClusterParameterGroupName",
            "DBSubnetGroupName",
            "DeletionProtection",
            "EnableCloudwatchLogsExports",
            "EnableIAMDatabaseAuthentication",
            "EngineMode",
            "EngineVersion",
            "KmsKeyId",
            "Port",
            "PreferredBackupWindow",
            "PreferredMaintenanceWindow",
            "ServerlessV2ScalingConfiguration",
            "StorageEncrypted",
            "StorageType",
            "Tags",
            "VpcSecurityGroupIds"),
        lookup -> {
          String name =
              lookup.text("DBClusterIdentifier", lookup.generatedName()).toLowerCase(Locale.ROOT);
          return new Identity(
              name,
              Map.of(
                  "DBClusterArn",
                  arn("rds", "cluster:" + name),
                  "DBClusterResourceId",
                  "cluster-" + lookup.generatedId(),
                  "Endpoint.Address",
                  "localhost",
                  "Endpoint.Port",
                  "5432",
                  "ReadEndpoint.Address",
                  "localhost"));
        });
  }
}

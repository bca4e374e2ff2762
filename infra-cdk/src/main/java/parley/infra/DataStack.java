package parley.infra;

import static java.util.Objects.requireNonNull;

import java.util.List;
import parley.platform.sql.ServingRole;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.Billing;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.TableEncryptionV2;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.rds.AuroraPostgresClusterEngineProps;
import software.amazon.awscdk.services.rds.AuroraPostgresEngineVersion;
import software.amazon.awscdk.services.rds.BackupProps;
import software.amazon.awscdk.services.rds.ClusterInstance;
import software.amazon.awscdk.services.rds.Credentials;
import software.amazon.awscdk.services.rds.DatabaseCluster;
import software.amazon.awscdk.services.rds.DatabaseClusterEngine;
import software.amazon.awscdk.services.rds.DatabaseSecret;
import software.amazon.awscdk.services.rds.ServerlessV2ClusterInstanceProps;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.secretsmanager.SecretStringGenerator;
import software.constructs.Construct;

/**
 * What must outlive a deployment: Aurora Postgres, the table of connections and the signing secret.
 */
public final class DataStack extends Stack {
  /** The database in the cluster that holds Parley's tables. */
  static final String DATABASE_NAME = "parley";

  private static final String OWNER = "parley";

  /** Long enough that one conversation's silence does not pause the database in its midst. */
  private static final Duration PAUSE_AFTER = Duration.minutes(10);

  private static final int KEPT_BACKUP_DAYS = 7;

  private final StageContext context;
  private final DatabaseCluster database;
  private final ISecret ownerSecret;
  private final ISecret servingSecret;
  private final TableV2 connections;
  private final Secret jwtSecret;

  DataStack(Construct scope, String id, StackProps properties, StageContext context) {
    super(scope, id, properties);
    this.context = context;
    DatabaseSecret credentials = login("DatabaseSecret", OWNER);
    database = database(network(), credentials);
    // The attached secret is the same one, once it also tells where the database is.
    ownerSecret = requireNonNull(database.getSecret());
    servingSecret = login("ServingSecret", ServingRole.NAME).attach(database);
    connections = connections();
    // What cannot be deleted again comes last: so a first deployment that fails can be rolled back.
    connections.getNode().addDependency(database);
    jwtSecret = jwtSecret();
  }

  DatabaseCluster database() {
    return database;
  }

  /** The login of the role that owns the schema. */
  ISecret ownerSecret() {
    return ownerSecret;
  }

  /** The login of {@link ServingRole}. */
  ISecret servingSecret() {
    return servingSecret;
  }

  TableV2 connectionsTable() {
    return connections;
  }

  ISecret jwtSecretValue() {
    return jwtSecret;
  }

  private DatabaseSecret login(String id, String role) {
    DatabaseSecret secret = DatabaseSecret.Builder.create(this, id).username(role).build();
    secret.applyRemovalPolicy(context.removalPolicy());
    Accepted.of(
        secret,
        "AwsSolutions-SMG4",
        "No network leads to the database, so a password alone opens nothing: a caller of the Data"
            + " API needs IAM's permission too. Rotating it takes a function in the network, and a"
            + " way out of there to pay for.");
    return secret;
  }

  /**
   * Aurora must be in a network, but nothing else is: the functions reach it over the Data API, so
   * that there is neither a NAT gateway to pay for nor a way in from the internet.
   */
  private Vpc network() {
    Vpc network =
        Vpc.Builder.create(this, "Network")
            .maxAzs(2)
            .natGateways(0)
            // Nothing uses the default security group; restricting it takes a function of its own.
            .restrictDefaultSecurityGroup(false)
            .subnetConfiguration(
                List.of(
                    SubnetConfiguration.builder()
                        .name("database")
                        .subnetType(SubnetType.PRIVATE_ISOLATED)
                        .cidrMask(24)
                        .build()))
            .build();
    Accepted.of(
        network,
        "AwsSolutions-VPC7",
        "There is no flow to log: nothing but the database is in the network, no route leads out of"
            + " it, and the database's security group lets nothing in or out.");
    return network;
  }

  private DatabaseCluster database(Vpc network, DatabaseSecret credentials) {
    SecurityGroup closed =
        SecurityGroup.Builder.create(this, "DatabaseSecurityGroup")
            .vpc(network)
            .description("Lets nothing in or out: the Data API needs no network path")
            .allowAllOutbound(false)
            .build();
    // Postgres 17 on Aurora refuses connections without TLS unless told otherwise (rds.force_ssl).
    DatabaseCluster.Builder cluster =
        DatabaseCluster.Builder.create(this, "Database")
            .engine(
                DatabaseClusterEngine.auroraPostgres(
                    AuroraPostgresClusterEngineProps.builder()
                        .version(version(context.databaseVersion()))
                        .build()))
            .credentials(Credentials.fromSecret(credentials, OWNER))
            .defaultDatabaseName(DATABASE_NAME)
            .enableDataApi(true)
            .iamAuthentication(true)
            .writer(
                ClusterInstance.serverlessV2(
                    "Writer",
                    ServerlessV2ClusterInstanceProps.builder().publiclyAccessible(false).build()))
            .serverlessV2MinCapacity(context.databaseMinCapacity())
            .serverlessV2MaxCapacity(context.databaseMaxCapacity())
            .storageEncrypted(true)
            .backup(
                BackupProps.builder()
                    .retention(Duration.days(context.throwaway() ? 1 : KEPT_BACKUP_DAYS))
                    .build())
            .copyTagsToSnapshot(true)
            .deletionProtection(!context.throwaway())
            .removalPolicy(context.throwaway() ? RemovalPolicy.DESTROY : RemovalPolicy.SNAPSHOT)
            .vpc(network)
            .vpcSubnets(SubnetSelection.builder().subnetType(SubnetType.PRIVATE_ISOLATED).build())
            .securityGroups(List.of(closed));
    if (context.databaseMinCapacity() == 0) {
      cluster.serverlessV2AutoPauseDuration(PAUSE_AFTER);
    }
    DatabaseCluster built = cluster.build();
    if (context.throwaway()) {
      Accepted.of(
          built,
          "AwsSolutions-RDS10",
          "The one who deploys wants to throw it away: the context value throwaway.");
    }
    return built;
  }

  private static AuroraPostgresEngineVersion version(String full) {
    return AuroraPostgresEngineVersion.of(full, full.substring(0, full.indexOf('.')));
  }

  /** One item a user with all live connections; DynamoDB removes those that nobody closed. */
  private TableV2 connections() {
    return TableV2.Builder.create(this, "Connections")
        .partitionKey(Attribute.builder().name("pk").type(AttributeType.STRING).build())
        .sortKey(Attribute.builder().name("sk").type(AttributeType.STRING).build())
        .timeToLiveAttribute("expiresAt")
        .billing(Billing.onDemand())
        // DynamoDB's own key: encrypted at rest without a KMS call to pay for at every request.
        .encryption(TableEncryptionV2.dynamoOwnedKey())
        .pointInTimeRecoverySpecification(
            PointInTimeRecoverySpecification.builder().pointInTimeRecoveryEnabled(true).build())
        .deletionProtection(!context.throwaway())
        .removalPolicy(context.removalPolicy())
        .build();
  }

  /** 64 letters and digits are 380 bits, more than the 256 that HS256 asks for (RFC 7518, 3.2). */
  private Secret jwtSecret() {
    Secret secret =
        Secret.Builder.create(this, "JwtSecret")
            .description("Signs and verifies Parley's tokens")
            .generateSecretString(
                SecretStringGenerator.builder().passwordLength(64).excludePunctuation(true).build())
            .removalPolicy(context.removalPolicy())
            .build();
    Accepted.of(
        secret,
        "AwsSolutions-SMG4",
        "A new secret logs everybody out, which no schedule may do; who holds one that leaked"
            + " changes it by hand, as docs/deploy.md tells.");
    return secret;
  }
}

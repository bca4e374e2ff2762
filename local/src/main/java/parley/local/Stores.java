package parley.local;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import parley.local.dynamodb.DynamoDbServer;
import parley.local.dynamodb.Tables;
import parley.local.postgres.DatabaseUrl;
import parley.local.postgres.PostgresServer;
import parley.local.rdsdata.RdsDataService;
import parley.local.secrets.DatabaseLogin;
import parley.local.secrets.Secrets;
import parley.local.template.Deployment;
import parley.local.template.Resource;
import parley.local.template.TemplateException;
import parley.platform.Setting;

/** Starts what keeps data: the database, the tables and the secrets. */
final class Stores {
  private final RuntimeOptions options;
  private final Deployment deployment;

  Stores(RuntimeOptions options, Deployment deployment) {
    this.options = options;
    this.deployment = deployment;
  }

  DynamoDbServer startDynamoDb(DataFolder data) {
    try {
      DynamoDbServer server = DynamoDbServer.start(data.dynamoDb(), data.libraries());
      try {
        new Tables(server).create(deployment);
        return server;
      } catch (RuntimeException e) {
        server.close();
        throw e;
      }
    } catch (IOException e) {
      throw new BootException("DynamoDB Local does not start: " + e.getMessage(), e);
    }
  }

  Secrets openSecrets(DataFolder data) {
    Map<String, String> given = new HashMap<>();
    String secret = options.environment().get("JWT_SECRET");
    if (secret != null) {
      for (Resource function : deployment.ofType("AWS::Lambda::Function")) {
        function
            .text("Environment.Variables." + Setting.JWT_SECRET_ARN)
            .ifPresent(arn -> given.put(arn, secret));
      }
    }
    try {
      return Secrets.open(deployment, data.secrets(), given, options.clock());
    } catch (IllegalArgumentException e) {
      throw new BootException(e.getMessage() == null ? "" : e.getMessage(), e);
    }
  }

  /** The embedded server; null if DATABASE_URL names another one. */
  @Nullable PostgresServer startPostgres(DataFolder data) {
    return options.environment().containsKey("DATABASE_URL")
        ? null
        : PostgresServer.start(
            data.postgres(), only("AWS::RDS::DBCluster").text("DatabaseName").orElse("postgres"));
  }

  /** The cluster's Data API over the embedded server, or over the one that DATABASE_URL names. */
  RdsDataService dataApi(@Nullable PostgresServer postgres, Secrets secrets) {
    Resource cluster = only("AWS::RDS::DBCluster");
    if (!cluster.property("EnableHttpEndpoint").asBoolean()) {
      throw new TemplateException(cluster.described() + " does not enable the Data API");
    }
    Map<String, DataSource> logins = new HashMap<>();
    for (Resource attachment : deployment.ofType("AWS::SecretsManager::SecretTargetAttachment")) {
      String secret = attachment.ref();
      logins.put(
          secret, login(postgres, DatabaseLogin.parse(secrets.value(secret).orElse("")), cluster));
    }
    return new RdsDataService(cluster.attribute("DBClusterArn"), logins, options.clock());
  }

  /** The cluster's master user is the server's own; other roles log in with their password. */
  private DataSource login(
      @Nullable PostgresServer postgres, DatabaseLogin login, Resource cluster) {
    PGSimpleDataSource source =
        postgres == null
            ? DatabaseUrl.parse(options.environment().getOrDefault("DATABASE_URL", ""))
            : postgres.dataSource();
    if (!login.username().equals(cluster.requireText("MasterUsername"))) {
      source.setUser(login.username());
      source.setPassword(login.password());
    }
    return source;
  }

  private Resource only(String type) {
    List<Resource> resources = deployment.ofType(type);
    if (resources.size() != 1) {
      throw new TemplateException(
          "the template has %d resources of type %s; this runtime serves one"
              .formatted(resources.size(), type));
    }
    return resources.getFirst();
  }
}

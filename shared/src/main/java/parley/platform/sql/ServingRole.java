package parley.platform.sql;

import java.security.SecureRandom;

/**
 * The Postgres role of all functions but MigrationFunction. It may read, insert, update and delete
 * rows and call functions of the schema. It may not change the schema, truncate a table, create
 * temporary tables or see which migrations ran. Postgres lets any role lock what it may write,
 * create large objects, and change its own password and settings; {@link #grant} sets those two
 * again.
 */
public final class ServingRole {
  /** The role's name. The secret that the CDK app makes for it has the same. */
  public static final String NAME = "parley_serving";

  private static final int SALT_BYTES = 16;

  private final Sql sql;
  private final SecureRandom random;

  /**
   * @param sql of the role that owns the schema and may create roles
   */
  public ServingRole(Sql sql, SecureRandom random) {
    this.sql = sql;
    this.random = random;
  }

  /**
   * Creates the role if it is missing, sets its password and gives it its rights on all tables that
   * there are now. Running it again, or twice at once, is safe.
   *
   * @param password of printable ASCII; only its SCRAM verifier is sent to the database
   */
  public void grant(String password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    String verifier = ScramVerifier.of(password, salt);
    sql.inTransaction(
        transaction -> {
          transaction.statement("lock table schema_migrations in exclusive mode").execute();
          setPassword(transaction, verifier);
          grantRights(transaction);
          return verifier;
        });
  }

  /** A command that changes a role takes no parameters, so the verifier goes through a setting. */
  private static void setPassword(Sql transaction, String verifier) {
    transaction
        .statement("select set_config('parley.verifier', :verifier, true)")
        .bind("verifier", verifier)
        .execute();
    transaction
        .statement(
            """
            do $$
            begin
              if not exists (select from pg_roles where rolname = 'parley_serving') then
                create role parley_serving;
              end if;
              execute format(
                'alter role parley_serving login password %L', current_setting('parley.verifier'));
              alter role parley_serving reset all;
            end
            $$
            """)
        .execute();
  }

  private static void grantRights(Sql transaction) {
    transaction
        .statement(
            """
            do $$
            begin
              execute format('revoke temporary on database %I from public', current_database());
            end
            $$
            """)
        .execute();
    transaction.statement("grant usage on schema public to parley_serving").execute();
    transaction
        .statement(
            """
            grant select, insert, update, delete on all tables in schema public to parley_serving
            """)
        .execute();
    transaction
        .statement("grant usage on all sequences in schema public to parley_serving")
        .execute();
    transaction.statement("revoke all on schema_migrations from parley_serving").execute();
  }
}

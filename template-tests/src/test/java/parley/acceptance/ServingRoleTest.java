package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.rdsdata.model.DatabaseErrorException;

/** What the database lets the functions do that answer clients. */
@ExtendWith(SharedChat.class)
@TestInstance(Lifecycle.PER_CLASS)
class ServingRoleTest {
  private final Chat chat;
  private Database serving;

  ServingRoleTest(Chat chat) {
    this.chat = chat;
  }

  @BeforeAll
  void logIn() {
    serving = chat.openDatabase("HttpFunction");
  }

  @AfterAll
  void logOut() {
    serving.close();
  }

  @Test
  void itReadsAndWritesRows() {
    assertThat(serving.run("select current_user")).containsExactly("parley_serving");
    assertThat(serving.run("select cast(count(*) >= 0 as text) from messages"))
        .containsExactly("true");
    serving.run("update users set name = name where false");
    serving.run("delete from messages where false");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create table mine (id int)",
        "create temporary table mine (id int)",
        "create schema mine",
        "create role mine",
        "create function mine() returns int language sql as 'select 1'",
        "alter table messages add column mine int",
        "alter table messages disable trigger all",
        "drop table messages",
        "truncate messages",
        "create index on messages (content)",
        "select version from schema_migrations",
        "insert into schema_migrations (version, checksum) values (999, '')",
        "select restart_feed()",
        "select rolpassword from pg_authid",
        "copy messages to program 'true'",
        "alter role parley_serving superuser",
        "set role postgres"
      })
  void itMayDoNothingElse(String sql) {
    try (Database owner = chat.openDatabase()) {
      String mine = "select cast(count(*) as text) from pg_class where relname = 'mine'";

      assertThatThrownBy(() -> serving.run(sql)).isInstanceOf(DatabaseErrorException.class);
      assertThat(owner.run(mine)).containsExactly("0");
    }
  }

  /** Postgres only warns of it. */
  @Test
  void itPassesNoRightsOn() {
    serving.run("grant select on messages to public");
    try (Database owner = chat.openDatabase()) {
      assertThat(
              owner.run("select cast(has_table_privilege('public', 'messages', 'select') as text)"))
          .containsExactly("false");
    }
  }

  /** Postgres lets every role change its own password and settings. */
  @Test
  void aMigrationUndoesWhatTheRoleChangedOfItself() {
    serving.run("alter role parley_serving set default_transaction_read_only = on");

    chat.invoke(chat.function(GrantStories.MIGRATION), "{}");

    try (Database owner = chat.openDatabase()) {
      assertThat(
              owner.run(
                  "select cast(rolconfig is null as text) from pg_roles"
                      + " where rolname = 'parley_serving'"))
          .containsExactly("true");
    }
  }

  @Test
  void aMigrationWhoseEventMakesNoSenseIsRefusedBeforeItDoesAnything() {
    serving.run("alter role parley_serving set statement_timeout = '1h'");

    assertThat(
            chat.invoke(chat.function(GrantStories.MIGRATION), "{\"restartFeed\": \"true\"}")
                .failed())
        .isTrue();

    try (Database owner = chat.openDatabase()) {
      assertThat(owner.run("select rolconfig[1] from pg_roles where rolname = 'parley_serving'"))
          .containsExactly("statement_timeout=1h");
    }
    chat.invoke(chat.function(GrantStories.MIGRATION), "{}");
  }

  /** An operator who changes the password runs the migration again. */
  @Test
  void aMigrationThatChangesNothingSetsThePasswordAgainAndNobodyIsLockedOut() {
    chat.invoke(chat.function(GrantStories.MIGRATION), "{}");
    chat.invoke(chat.function(GrantStories.MIGRATION), "{}");

    assertThat(serving.run("select current_user")).containsExactly("parley_serving");
    Person.register(chat, "Ann").api().get("/users/me").require(200);
  }
}

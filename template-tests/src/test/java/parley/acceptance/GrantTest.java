package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import parley.local.LocalRuntime;
import parley.local.RuntimeOptions;
import parley.local.aws.Callers.Permission;
import parley.local.aws.Policy;
import parley.local.aws.Policy.Grant;
import parley.local.lambda.FunctionDefinition;
import parley.local.template.TemplateException;

/**
 * Every grant of the template is needed: with any single one taken away, a story that goes well
 * otherwise fails, and the refusal is why. So no grant is there that nobody uses, and none can get
 * lost unnoticed. A new grant needs a story of {@link GrantStories} that uses it.
 */
@TestInstance(Lifecycle.PER_CLASS)
class GrantTest {
  /** The functions of one story may try something again for a while, even on a slow machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Path APPROVED = Path.of("..", "infra-cdk", "approved");

  /** A grant of a function's role. */
  private record Granted(FunctionDefinition function, Grant grant) {
    @Override
    public String toString() {
      return "%s: %s on %s".formatted(function.logicalId(), grant.action(), grant.resource());
    }

    boolean covers(Permission asked) {
      return asked.caller().equals(function.logicalId())
          && grant.covers(asked.action(), asked.resource());
    }
  }

  /** A story that went well, what it asked for, and how long it took. */
  private record Played(GrantStory story, Set<Permission> asked, Duration taken) {
    boolean notices(Granted granted) {
      return asked.stream()
          .anyMatch(permission -> granted.covers(permission) && story.notices().test(permission));
    }
  }

  private final Chat chat = Chat.start();
  private final Witness witness = new Witness(chat);
  private final List<Played> played = new ArrayList<>();
  private Friends friends = Friends.meet(chat);

  @BeforeAll
  void everyStoryGoesWellWithAllGrants() {
    Patience.during(PATIENCE, this::playAll);
    played.sort(Comparator.comparing(Played::taken));
  }

  private void playAll() {
    for (GrantStory story : GrantStories.all()) {
      prepare();
      long start = System.nanoTime();
      play(story);
      Duration taken = Duration.ofNanos(System.nanoTime() - start);
      chat.awaitClosed();
      assertThat(witness.refused()).as(story.name()).isEmpty();
      played.add(new Played(story, witness.asked(), taken));
    }
  }

  @AfterAll
  void stop() {
    chat.close();
  }

  /** Nobody is connected, every function has just started, and nothing was asked for yet. */
  private void prepare() {
    friends = friends.refreshed();
    chat.awaitClosed();
    chat.aws().clear();
    chat.startAfresh();
    witness.forget();
  }

  private void play(GrantStory story) {
    story.plot().accept(friends);
    assertThat(chat.aws().pendingSends()).as("messages that a sweep would deliver again").isZero();
  }

  @TestFactory
  Stream<DynamicTest> withoutThisGrantSomeStoryFails() {
    return chat.functions().stream()
        .flatMap(
            function ->
                chat.callers().policy(function.logicalId()).grants().stream()
                    .map(grant -> new Granted(function, grant)))
        .map(
            granted ->
                DynamicTest.dynamicTest(
                    granted.toString(),
                    () -> Patience.during(PATIENCE, () -> someStoryNeeds(granted))));
  }

  private void someStoryNeeds(Granted granted) {
    List<GrantStory> stories =
        played.stream().filter(one -> one.notices(granted)).map(Played::story).toList();
    assertThat(stories)
        .as("no story uses %s: take the grant away, or add a story to GrantStories", granted)
        .isNotEmpty();
    assertThat(stories)
        .as("without %s all these stories go as well", granted)
        .anyMatch(story -> failsWithout(granted, story));
  }

  /** Whether a story fails without a grant; nothing else may be refused to it. */
  private boolean failsWithout(Granted granted, GrantStory story) {
    prepare();
    boolean failed = failsWith(policyWithout(granted), granted.function().logicalId(), story);
    chat.awaitClosed();
    // Else functions go on trying to reach connections whose end a killed function did not note.
    chat.aws().clear();
    story.cleaning().accept(friends);
    chat.awaitClosed();
    assertThat(witness.refused())
        .as("what is refused in the story %s", story.name())
        .allMatch(granted::covers);
    assertThat(failed && witness.refused().isEmpty())
        .as("the story %s fails though nothing is refused", story.name())
        .isFalse();
    return failed;
  }

  private Policy policyWithout(Granted granted) {
    return chat.callers().policy(granted.function().logicalId()).without(granted.grant());
  }

  private boolean failsWith(Policy policy, String function, GrantStory story) {
    AtomicBoolean failed = new AtomicBoolean();
    chat.withPolicy(
        function,
        policy,
        () -> {
          try {
            Patience.unless(witness::isHopeless, () -> play(story));
          } catch (RuntimeException | AssertionError e) {
            failed.set(true);
          }
          chat.endFunctions();
        });
    return failed.get();
  }

  /** Whoever is not a function of ours is asked at the start, so that the system does not start. */
  @TestFactory
  Stream<DynamicTest> withoutThisPermissionTheSystemDoesNotStart(@TempDir Path folder)
      throws IOException {
    JsonNode template = template();
    return template.path("Resources").properties().stream()
        .filter(entry -> isPermission(entry.getValue()))
        .map(Map.Entry::getKey)
        .map(id -> DynamicTest.dynamicTest(id, () -> doesNotStartWithout(id, folder)));
  }

  private static boolean isPermission(JsonNode resource) {
    String type = resource.path("Type").asText();
    return type.equals("AWS::Lambda::Permission")
        || (type.equals("AWS::IAM::Role") && resource.path("Properties").has("Policies"));
  }

  private static void doesNotStartWithout(String id, Path folder) throws IOException {
    ObjectNode template = (ObjectNode) template();
    ObjectNode resources = (ObjectNode) template.path("Resources");
    if (resources.path(id).path("Type").asText().equals("AWS::IAM::Role")) {
      ((ArrayNode) resources.path(id).path("Properties").path("Policies")).removeAll();
    } else {
      resources.remove(id);
    }
    Files.copy(
        APPROVED.resolve("ParleyData.template.json"),
        folder.resolve("ParleyData.template.json"),
        StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(folder.resolve("ParleyApi.template.json"), template.toString());
    RuntimeOptions options = RuntimeOptions.quiet(folder.resolve("data")).withTemplates(folder);

    assertThatThrownBy(() -> LocalRuntime.start(options).close())
        .isInstanceOf(TemplateException.class)
        .hasMessageMatching("(?s).*(no AWS::Lambda::Permission lets|may not invoke).*");
  }

  /** The roles whose grants the tests above take away are all that there are. */
  @Test
  void nobodyElseHasARole() throws IOException {
    Set<String> roles = new TreeSet<>();
    Set<String> functions = new TreeSet<>();
    template()
        .path("Resources")
        .properties()
        .forEach(
            entry -> {
              String type = entry.getValue().path("Type").asText();
              if (type.equals("AWS::IAM::Role") && !isPermission(entry.getValue())) {
                roles.add(entry.getKey());
              }
              if (type.equals("AWS::Lambda::Function")) {
                functions.add(entry.getValue().at("/Properties/Role/Fn::GetAtt/0").asText());
              }
            });

    assertThat(functions).containsAll(roles);
    assertThat(
            chat.functions().stream().map(FunctionDefinition::roleArn).collect(Collectors.toSet()))
        .hasSameSizeAs(roles);
  }

  private static JsonNode template() throws IOException {
    return Json.read(Files.readString(APPROVED.resolve("ParleyApi.template.json")));
  }
}

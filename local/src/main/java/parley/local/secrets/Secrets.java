package parley.local.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import parley.local.BootException;
import parley.local.template.Deployment;

/**
 * The secrets of a deployment. Generated ones are kept in a file that only its owner can read, so
 * that what was signed with them is good after a restart.
 */
public final class Secrets {
  /** HS256 wants a key as long as its hash (RFC 7518, section 3.2). */
  private static final int MIN_SIGNING_SECRET_BYTES = 32;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A secret's current value. */
  record Secret(String name, String arn, String value, String versionId, Instant created) {}

  private final Map<String, Secret> byArn = new LinkedHashMap<>();

  private Secrets() {}

  /**
   * Reads the kept secrets and generates those that are missing.
   *
   * @param file where they are kept
   * @param given by secret's ARN: passwords to use instead of generated ones; they are not kept
   * @throws IllegalArgumentException if a given one is shorter than 32 bytes
   */
  public static Secrets open(
      Deployment deployment, Path file, Map<String, String> given, Clock clock) {
    given.forEach((arn, value) -> checkLength(value));
    Secrets secrets = new Secrets();
    ObjectNode kept = read(file);
    boolean changed = false;
    SecretGenerator generator = new SecretGenerator();
    for (SecretDefinition definition : SecretDefinition.read(deployment)) {
      JsonNode entry = kept.path(definition.arn());
      String override = given.get(definition.arn());
      if (override == null && entry.isMissingNode()) {
        entry =
            kept.putObject(definition.arn())
                .put("value", generator.value(definition, null))
                .put("versionId", UUID.randomUUID().toString())
                .put("created", clock.instant().toString());
        changed = true;
      }
      String value = override == null ? null : generator.value(definition, override);
      secrets.add(definition, value, entry, clock);
    }
    if (changed) {
      write(file, kept);
    }
    return secrets;
  }

  private void add(
      SecretDefinition definition, @Nullable String override, JsonNode entry, Clock clock) {
    byArn.put(
        definition.arn(),
        override == null
            ? new Secret(
                definition.name(),
                definition.arn(),
                entry.path("value").asText(),
                entry.path("versionId").asText(),
                Instant.parse(entry.path("created").asText()))
            : new Secret(
                definition.name(),
                definition.arn(),
                override,
                UUID.nameUUIDFromBytes(override.getBytes(StandardCharsets.UTF_8)).toString(),
                clock.instant()));
  }

  private static void checkLength(String value) {
    int length = value.getBytes(StandardCharsets.UTF_8).length;
    if (length < MIN_SIGNING_SECRET_BYTES) {
      throw new IllegalArgumentException(
          "JWT_SECRET has %d bytes, it needs at least %d"
              .formatted(length, MIN_SIGNING_SECRET_BYTES));
    }
  }

  private static ObjectNode read(Path file) {
    try {
      if (!Files.exists(file)) {
        return JSON.createObjectNode();
      }
      if (JSON.readTree(Files.readString(file)) instanceof ObjectNode object) {
        return object;
      }
      throw new BootException(file + " is damaged: it holds no JSON object");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the secrets in " + file, e);
    }
  }

  private static void write(Path file, ObjectNode kept) {
    try {
      Path next = file.resolveSibling(file.getFileName() + ".next");
      Files.deleteIfExists(next);
      if (Files.getFileStore(file.getParent()).supportsFileAttributeView("posix")) {
        Files.createFile(
            next,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Files.writeString(next, kept.toPrettyString());
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the secrets in " + file, e);
    }
  }

  /** The value of a secret, by ARN or name. */
  public Optional<String> value(String id) {
    return find(id).map(Secret::value);
  }

  Optional<Secret> find(String id) {
    Secret byId = byArn.get(id);
    return byId != null
        ? Optional.of(byId)
        : byArn.values().stream()
            .filter(
                secret ->
                    secret.name().equals(id)
                        || secret.arn().substring(0, secret.arn().length() - 7).equals(id))
            .findFirst();
  }

  List<Secret> all() {
    return List.copyOf(byArn.values());
  }
}

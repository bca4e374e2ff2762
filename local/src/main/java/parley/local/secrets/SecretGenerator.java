package parley.local.secrets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Generates secrets as CloudFormation's GenerateSecretString says. */
final class SecretGenerator {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DEFAULT_LENGTH = 32;

  private final SecureRandom random = new SecureRandom();

  /**
   * A new value of a secret.
   *
   * @param given the password to use instead of a generated one
   * @throws IllegalStateException naming the secret, if its recipe makes no sense
   */
  String value(SecretDefinition secret, @Nullable String given) {
    if (secret.recipe().isMissingNode()) {
      return given == null ? secret.fixed() : given;
    }
    String password = given == null ? password(secret) : given;
    String template = secret.recipe().path("SecretStringTemplate").asText("");
    if (template.isEmpty()) {
      return password;
    }
    try {
      JsonNode json = JSON.readTree(template);
      if (!(json instanceof ObjectNode object)) {
        throw new IllegalStateException(
            secret.logicalId() + ": SecretStringTemplate is no JSON object");
      }
      object.put(secret.recipe().path("GenerateStringKey").asText("password"), password);
      for (Map.Entry<String, String> entry : secret.attached().entrySet()) {
        object.put(entry.getKey(), entry.getValue());
      }
      return object.toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(secret.logicalId() + ": SecretStringTemplate is no JSON", e);
    }
  }

  private String password(SecretDefinition secret) {
    JsonNode recipe = secret.recipe();
    String excluded = recipe.path("ExcludeCharacters").asText("");
    List<String> alphabets = new ArrayList<>();
    add(alphabets, recipe, "ExcludeLowercase", "abcdefghijklmnopqrstuvwxyz", excluded);
    add(alphabets, recipe, "ExcludeUppercase", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", excluded);
    add(alphabets, recipe, "ExcludeNumbers", "0123456789", excluded);
    add(alphabets, recipe, "ExcludePunctuation", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", excluded);
    if (recipe.path("IncludeSpace").asBoolean()) {
      alphabets.add(" ");
    }
    String all = String.join("", alphabets);
    int length = recipe.path("PasswordLength").asInt(DEFAULT_LENGTH);
    if (all.isEmpty() || length < alphabets.size()) {
      throw new IllegalStateException(secret.logicalId() + ": no secret can be generated so");
    }
    List<Character> characters = new ArrayList<>();
    if (recipe.path("RequireEachIncludedType").asBoolean(true)) {
      alphabets.forEach(alphabet -> characters.add(any(alphabet)));
    }
    while (characters.size() < length) {
      characters.add(any(all));
    }
    Collections.shuffle(characters, random);
    StringBuilder password = new StringBuilder();
    characters.forEach(password::append);
    return password.toString();
  }

  private static void add(
      List<String> alphabets, JsonNode recipe, String exclusion, String alphabet, String excluded) {
    if (recipe.path(exclusion).asBoolean()) {
      return;
    }
    StringBuilder left = new StringBuilder();
    for (int i = 0; i < alphabet.length(); i++) {
      char c = alphabet.charAt(i);
      if (excluded.indexOf(c) < 0) {
        left.append(c);
      }
    }
    if (!left.isEmpty()) {
      alphabets.add(left.toString());
    }
  }

  private char any(String alphabet) {
    return alphabet.charAt(random.nextInt(alphabet.length()));
  }
}

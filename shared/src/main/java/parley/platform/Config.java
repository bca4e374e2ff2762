package parley.platform;

import java.util.Map;

/**
 * What the deployment tells a function, from the environment variables that {@link Setting} names.
 */
public record Config(Map<String, String> environment) {
  public Config {
    environment = Map.copyOf(environment);
  }

  /**
   * The value of a setting.
   *
   * @throws IllegalStateException naming the variable, if it is missing or blank: a function that
   *     is wired wrongly fails when it starts and not at its first request
   */
  public String require(Setting setting) {
    String value = environment.get(setting.name());
    if (value == null || value.isBlank()) {
      throw new IllegalStateException("the environment variable " + setting + " is missing");
    }
    return value;
  }
}

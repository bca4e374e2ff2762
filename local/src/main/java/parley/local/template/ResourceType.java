package parley.local.template;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import parley.local.template.StackTemplate.Declaration;

/**
 * What the runtime knows of a resource type.
 *
 * @param used properties that some part of the runtime reads
 * @param ignored properties that change nothing on one machine: tags, descriptions, capacity,
 *     encryption, tuning of AWS's own machines
 * @param anyProperty whether properties are not looked at, as those of a type that means nothing
 *     here
 */
record ResourceType(
    String name,
    Set<String> used,
    Set<String> ignored,
    boolean anyProperty,
    Function<Lookup, Identity> identity) {

  /** What {@code Ref} and {@code Fn::GetAtt} give for a resource. */
  record Identity(String ref, Map<String, String> attributes) {}

  /** A declaration whose properties are resolved when they are asked for. */
  interface Lookup {
    Declaration declaration();

    /** The text of a property, resolved. */
    String text(String property, String ifMissing);

    /** A name for a resource that the template leaves unnamed; the same at every start. */
    default String generatedName() {
      return declaration().stack() + "-" + declaration().logicalId();
    }

    /** A short id such as API Gateway makes; the same at every start. */
    default String generatedId() {
      return Ids.of(generatedName(), 10);
    }
  }

  void check(Declaration declaration) {
    if (anyProperty) {
      return;
    }
    for (Map.Entry<String, ?> property : declaration.properties().properties()) {
      if (!used.contains(property.getKey()) && !ignored.contains(property.getKey())) {
        throw new TemplateException(
            declaration.described()
                + " has a property that this runtime does not know: "
                + property.getKey());
      }
    }
  }
}

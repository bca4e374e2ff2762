package parley.acceptance;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one system that all of them share, started at first use and stopped at the end.
 * Tests keep out of each other's way by people of their own.
 */
final class SharedChat implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType().equals(Chat.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    // JUnit closes what is AutoCloseable in its root store when all tests are done.
    return context
        .getRoot()
        .getStore(Namespace.create(SharedChat.class))
        .computeIfAbsent(Chat.class, type -> Chat.start(), Chat.class);
  }
}

package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one system that all of them share, started at first use and stopped at the end.
 * Tests keep out of each other's way by people of their own. Whatever they do, AWS must have
 * refused the functions nothing: that would be a grant that the template lacks.
 */
final class SharedChat implements ParameterResolver, AfterAllCallback {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType().equals(Chat.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    // JUnit closes what is AutoCloseable in its root store when all tests are done.
    return store(context).computeIfAbsent(Chat.class, type -> Chat.start(), Chat.class);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Chat chat = store(context).get(Chat.class, Chat.class);
    if (chat != null) {
      assertThat(chat.witness().refused()).as("what functions were refused").isEmpty();
    }
  }

  private static Store store(ExtensionContext context) {
    return context.getRoot().getStore(Namespace.create(SharedChat.class));
  }
}

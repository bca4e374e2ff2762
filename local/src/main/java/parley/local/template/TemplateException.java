package parley.local.template;

/**
 * What is wrong with a template, or what it holds that this runtime does not know. The message
 * names the stack and, where there is one, the logical id of the culprit.
 */
public final class TemplateException extends RuntimeException {
  public TemplateException(String message) {
    super(message);
  }

  public TemplateException(String message, Throwable cause) {
    super(message, cause);
  }
}

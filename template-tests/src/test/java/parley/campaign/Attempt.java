package parley.campaign;

import java.util.List;
import parley.checker.Message;

/** What became of one try to send. */
sealed interface Attempt {
  /**
   * @param messages one for each that was to be sent, in that order
   */
  record Acked(List<Message> messages) implements Attempt {}

  record Refused(String code) implements Attempt {}

  /** No answer came, so that it may have been stored or not. */
  record Unanswered() implements Attempt {}
}

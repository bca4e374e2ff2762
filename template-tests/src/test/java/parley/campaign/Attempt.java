package parley.campaign;

import parley.checker.Message;

/** What became of one try to send. */
sealed interface Attempt {
  record Acked(Message message) implements Attempt {}

  record Refused(String code) implements Attempt {}

  /** No answer came, so that it may have been stored or not. */
  record Unanswered() implements Attempt {}
}

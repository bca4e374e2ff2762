package parley.campaign;

import parley.checker.Draft;
import parley.checker.Entry;
import parley.checker.History;

/** A way to send a message: HTTP, or a device's link. */
interface Route {
  /** Tries once. */
  Attempt send(Draft draft);

  /** Tries once, and writes it down. */
  default Attempt attempt(Draft draft, History history) {
    history.add(new Entry.Tried(draft));
    Attempt attempt = send(draft);
    switch (attempt) {
      case Attempt.Acked acked -> history.add(new Entry.Acked(draft, acked.message()));
      case Attempt.Refused refused -> history.add(new Entry.Refused(draft, refused.code()));
      case Attempt.Unanswered _ -> {}
    }
    return attempt;
  }
}

package parley.campaign;

import java.util.List;
import parley.checker.Draft;
import parley.checker.Entry;
import parley.checker.History;

/** A way to send a message: HTTP, or a device's link. */
interface Route {
  /** Tries once. */
  Attempt send(Sending sending);

  /** Tries once, and writes it down. */
  default Attempt attempt(Sending sending, History history) {
    List<Draft> drafts = sending.drafts();
    drafts.forEach(draft -> history.add(new Entry.Tried(draft)));
    Attempt attempt = send(sending);
    switch (attempt) {
      case Attempt.Acked acked -> {
        for (int i = 0; i < drafts.size(); i++) {
          history.add(new Entry.Acked(drafts.get(i), acked.messages().get(i)));
        }
      }
      case Attempt.Refused refused ->
          drafts.forEach(draft -> history.add(new Entry.Refused(draft, refused.code())));
      case Attempt.Unanswered _ -> {}
    }
    return attempt;
  }
}

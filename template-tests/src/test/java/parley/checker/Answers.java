package parley.checker;

/** What the answers to changes of a group say about it. */
final class Answers {
  private Answers() {}

  /** Something that a group may be. */
  interface Condition {
    boolean holds(Story.State state);
  }

  /** Whether a group is as one who made this change wanted it. */
  static boolean isMade(Change.OfGroup change, Story.State state) {
    return switch (change) {
      case Change.Create create -> state.has(create.by());
      case Change.Add add -> state.has(add.member());
      case Change.Remove remove -> !state.has(remove.member());
      case Change.Join join -> state.has(join.by());
      case Change.Assign assign -> assign.role().equals(state.roles().get(assign.member()));
      case Change.ShowPast show -> show.history().equals(state.history());
      case Change.Time time -> time.seconds() == state.seconds();
    };
  }

  /** Whether this code is the right one to refuse a change with. */
  static boolean mayBeDenied(Change.OfGroup change, String code, Story.State state) {
    String by = change.by();
    return switch (code) {
      case "CONVERSATION_NOT_FOUND" -> !state.has(by);
      case "ROLE_REQUIRED" -> lacksRole(change, state);
      case "MEMBER_NOT_FOUND" ->
          switch (change) {
            case Change.Remove remove -> !state.has(remove.member());
            case Change.Assign assign -> !state.has(assign.member());
            case Change.Create _, Change.Add _, Change.Join _, Change.ShowPast _, Change.Time _ ->
                false;
          };
      case "LAST_OWNER" ->
          state.isOwner(by)
              && switch (change) {
                case Change.Remove remove -> remove.isLeaving();
                case Change.Assign assign -> assign.member().equals(by);
                case Change.Create _,
                    Change.Add _,
                    Change.Join _,
                    Change.ShowPast _,
                    Change.Time _ ->
                    false;
              };
      case "INVITE_NOT_FOUND" ->
          change instanceof Change.Join
              && (state.barred().contains(by) || state.inviter().isEmpty());
      default -> false;
    };
  }

  private static boolean lacksRole(Change.OfGroup change, Story.State state) {
    String by = change.by();
    boolean noAdmin = state.has(by) && !state.administers(by);
    return switch (change) {
      case Change.Add _, Change.ShowPast _, Change.Time _ -> noAdmin;
      case Change.Remove remove ->
          !remove.isLeaving() && (noAdmin || state.isOwner(remove.member()));
      case Change.Assign assign ->
          noAdmin
              || state.isOwner(assign.member())
              || (assign.role().equals("OWNER") && !state.isOwner(by));
      case Change.Create _, Change.Join _ -> false;
    };
  }
}

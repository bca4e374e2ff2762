package parley.conversation;

/**
 * SQL expressions for what a row of {@code conversations} is for one of its participants. A group
 * has no two of whom one blocks the other, so a block between two members changes none of it.
 */
public final class ConversationSql {
  private ConversationSql() {}

  /**
   * Whether this user blocks the other one of the two; false in a group.
   *
   * @param conversation the alias of the row of a conversation
   * @param user an expression for the user's id
   */
  public static String blocksOther(String conversation, String user) {
    return """
        coalesce(
          case %2$s when %1$s.user_low then %1$s.blocked_by_low
            when %1$s.user_high then %1$s.blocked_by_high end,
          false)
        """
        .formatted(conversation, user);
  }

  /**
   * The number of the last message for this participant. While they block the other one of the two
   * they are shown nothing of what that one does, so the conversation ends for them where their
   * receipt stands: blocking moves it to the last message.
   *
   * @param conversation the alias of the row of a conversation
   * @param participant the alias of the row of one of its participants
   */
  public static String lastSeq(String conversation, String participant) {
    return """
        case when %3$s then %2$s.last_read_seq else %1$s.last_seq end
        """
        .formatted(conversation, participant, blocksOther(conversation, participant + ".user_id"));
  }

  /**
   * The number of seconds after which messages that this user sends disappear, null if they stay.
   * What a user sets while the other one of the two blocks them is theirs alone.
   *
   * @param conversation the alias of the row of a conversation
   * @param user an expression for the user's id
   */
  static String disappearingSeconds(String conversation, String user) {
    return """
        nullif(
          coalesce(
            case %2$s when %1$s.user_low then %1$s.own_disappearing_low
              when %1$s.user_high then %1$s.own_disappearing_high end,
            %1$s.disappearing_seconds),
          0)
        """
        .formatted(conversation, user);
  }
}

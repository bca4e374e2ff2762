package parley.group;

import java.time.Clock;
import java.util.random.RandomGenerator;
import parley.conversation.Conversation;
import parley.conversation.ConversationId;
import parley.conversation.ConversationRepository;
import parley.group.InviteRepository.Found;
import parley.message.MessageId;
import parley.platform.ChatException;
import parley.platform.Ids;
import parley.platform.list.Page;
import parley.platform.list.PageRequest;
import parley.user.UserId;

/** Invites, by which people join a group who are no friends of its admins. */
public final class InviteService {
  private final InviteRepository invites;
  private final ConversationRepository conversations;
  private final Arrivals arrivals;
  private final Ids ids;
  private final RandomGenerator random;
  private final Clock clock;

  public InviteService(
      InviteRepository invites,
      ConversationRepository conversations,
      Arrivals arrivals,
      Ids ids,
      RandomGenerator random,
      Clock clock) {
    this.invites = invites;
    this.conversations = conversations;
    this.arrivals = arrivals;
    this.ids = ids;
    this.random = random;
    this.clock = clock;
  }

  /**
   * Makes an invite. It is good as long as {@code me} stays an admin of the group.
   *
   * @return the invite with its token, which is told this once
   * @throws ChatException CONVERSATION_NOT_FOUND; ROLE_REQUIRED unless {@code me} is an admin
   */
  public Invite create(UserId me, ConversationId group, NewInvite invite) {
    return invites.create(
        new InviteId(ids.next()), InviteToken.random(random), me, group, invite, clock.instant());
  }

  /**
   * The invites that still let somebody in, the newest first, 100 on a page at most.
   *
   * @throws ChatException CONVERSATION_NOT_FOUND; ROLE_REQUIRED unless {@code me} is an admin
   */
  public Page<Invite> list(UserId me, ConversationId group, PageRequest page) {
    return invites.list(me, group, page, clock.instant());
  }

  /**
   * Makes an invite worthless.
   *
   * @throws ChatException CONVERSATION_NOT_FOUND; ROLE_REQUIRED unless {@code me} is an admin;
   *     INVITE_NOT_FOUND
   */
  public void revoke(UserId me, ConversationId group, InviteId invite) {
    invites.revoke(me, group, invite);
  }

  /**
   * What the group looks like that a token leads to.
   *
   * @throws ChatException as {@link #join}, but for a group that is full
   */
  public InvitedGroup look(UserId me, InviteToken token) {
    return invites.look(me, token, clock.instant()).shown();
  }

  /**
   * Joins the group that a token leads to; a system message tells its members. Who is in it already
   * gets it, and uses nothing of the invite.
   *
   * @throws ChatException INVITE_NOT_FOUND, also for who was removed from the group, and if one of
   *     {@code me} and who made the invite blocks the other; INVITE_EXPIRED; INVITE_USED_UP;
   *     GROUP_FULL; TOO_MANY_GROUPS
   */
  public Conversation join(UserId me, InviteToken token) {
    Found found = invites.join(me, new MessageId(ids.next()), token, clock.instant());
    if (!found.member() && found.told().isEmpty()) {
      throw GroupService.full();
    }
    Conversation group = conversations.get(me, found.group());
    found.told().ifPresent(told -> arrivals.tell(group, told, me, found.receipts()));
    return group;
  }
}

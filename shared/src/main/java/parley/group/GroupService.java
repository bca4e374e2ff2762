package parley.group;

import java.time.Clock;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import parley.conversation.Conversation;
import parley.conversation.ConversationId;
import parley.conversation.ConversationRepository;
import parley.conversation.Role;
import parley.delivery.Broadcaster;
import parley.group.MemberRepository.Added;
import parley.group.MemberRepository.Changed;
import parley.message.MessageId;
import parley.message.PendingSends.PendingSend;
import parley.message.PendingSends;
import parley.message.SentMessage;
import parley.message.Stored;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.Ids;
import parley.platform.list.Page;
import parley.platform.list.PageRequest;
import parley.platform.log.Invocation;
import parley.user.UserId;

/**
 * Making groups and changing them and their members. Every change is told to all members by a
 * system message, which has its seq as any message and comes as {@code message:new}. What is so
 * already is no error and not told.
 *
 * <p>Of changes that happen at once each is judged by the group that the one before has left.
 */
public final class GroupService {
  public static final int MAX_MEMBERS = 1_000;

  private final GroupRepository groups;
  private final MemberRepository members;
  private final ConversationRepository conversations;
  private final Arrivals arrivals;
  private final Departures departures;
  private final PendingSends pending;
  private final Broadcaster broadcaster;
  private final Ids ids;
  private final Clock clock;

  public GroupService(
      GroupRepository groups,
      MemberRepository members,
      ConversationRepository conversations,
      Arrivals arrivals,
      Departures departures,
      PendingSends pending,
      Broadcaster broadcaster,
      Ids ids,
      Clock clock) {
    this.groups = groups;
    this.members = members;
    this.conversations = conversations;
    this.arrivals = arrivals;
    this.departures = departures;
    this.pending = pending;
    this.broadcaster = broadcaster;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Makes a group that {@code me} owns.
   *
   * @throws ChatException NOT_FRIENDS if any of the members is no friend who may be added, and
   *     nothing is made, or was made under this client id before; CLIENT_ID_REUSED; GROUP_GONE if
   *     what was made under it has ended or {@code me} has left it; TOO_MANY_GROUPS if anybody
   *     would be in more than {@value GroupLimits#GROUPS_OF_A_USER}; TOO_MANY_GROUPS_TODAY if
   *     {@code me} has made {@value GroupLimits#ADDITIONS_IN_A_DAY} groups within a day, or added
   *     one of the members to as many
   */
  public Conversation create(UserId me, NewGroup group) {
    Stored made =
        groups
            .create(new ConversationId(ids.next()), message(), me, group, clock.instant())
            .orElseThrow(GroupService::notFriends);
    ConversationId id = made.message().conversationId();
    Set<UserId> others = new HashSet<>(made.audience());
    others.remove(me);
    arrivals.tell(id, made, others, NewReceipts.NONE);
    return conversations.find(me, id).orElseThrow(GroupRepository::gone);
  }

  /**
   * Changes the title, the picture or what newcomers see.
   *
   * @throws ChatException CONVERSATION_NOT_FOUND; ROLE_REQUIRED unless {@code me} is an admin
   */
  public Conversation change(UserId me, ConversationId group, GroupChange change) {
    groups
        .change(group, message(), me, change)
        .requireAdmin()
        .told()
        .ifPresent(told -> tell(told, told.audience()));
    return conversations.get(me, group);
  }

  /**
   * Adds friends.
   *
   * @throws ChatException CONVERSATION_NOT_FOUND; ROLE_REQUIRED unless {@code me} is an admin;
   *     NOT_FRIENDS if any of them is neither a friend who may be added nor in the group;
   *     GROUP_FULL if not all fit; TOO_MANY_GROUPS and TOO_MANY_GROUPS_TODAY as {@link #create};
   *     then nobody is added
   */
  public Conversation add(UserId me, ConversationId group, Set<UserId> wanted) {
    Added added = members.add(group, message(), me, wanted, clock.instant());
    added.outcome().requireAdmin();
    if (added.friends() < added.wanted()) {
      throw notFriends();
    }
    if (added.members() + added.wanted() > MAX_MEMBERS) {
      throw full();
    }
    added
        .outcome()
        .told()
        .ifPresent(
            told -> {
              Set<UserId> newcomers = new HashSet<>(wanted);
              newcomers.removeAll(told.audience());
              arrivals.tell(group, told, newcomers, added.receipts());
            });
    return conversations.get(me, group);
  }

  /**
   * Removes a member, or leaves, if {@code member} is {@code me}. A group whose owner is alone ends
   * when they leave it.
   *
   * @throws ChatException CONVERSATION_NOT_FOUND; ROLE_REQUIRED unless {@code me} is an admin or
   *     leaves, and for removing the owner; MEMBER_NOT_FOUND; LAST_OWNER if the owner leaves others
   */
  public void remove(UserId me, ConversationId group, UserId member) {
    MessageId message = message();
    PendingSend note = pending.add(message);
    Changed changed = pending.storing(note, () -> members.remove(group, message, me, member));
    Optional<Stored> told = changed.outcome().told();
    if (told.isPresent()) {
      finish(note, told.get(), member);
      return;
    }
    pending.drop(note);
    dissolve(changed, me, group, member);
    var _ = succeeds(() -> departures.expel(group, me));
    departures.tell(group, member);
  }

  /** The removal is stored: what of this fails keeps the note, and a sweep does it. */
  private void finish(PendingSend note, Stored told, UserId member) {
    ConversationId group = told.message().conversationId();
    Set<UserId> rest = new HashSet<>(told.audience());
    rest.remove(member);
    boolean expelled = succeeds(() -> departures.expel(group, member));
    boolean restIsTold = succeeds(() -> tell(told, rest));
    boolean memberIsTold = succeeds(() -> departures.tell(group, member));
    if (expelled && restIsTold && memberIsTold) {
      pending.drop(note);
    }
  }

  private static boolean succeeds(Runnable action) {
    try {
      action.run();
      return true;
    } catch (RuntimeException e) {
      Invocation.current().fault(e);
      return false;
    }
  }

  /** Ends a group whose owner, alone in it, leaves; all else that is no removal is refused. */
  private void dissolve(Changed changed, UserId me, ConversationId group, UserId member) {
    if (!member.equals(me)) {
      requireTarget(changed);
      throw Outcome.roleRequired("the owner cannot be removed");
    }
    if (!members.dissolve(group, me)) {
      throw new ChatException(ErrorCode.LAST_OWNER, "hand the group over before you leave it");
    }
  }

  /**
   * Gives a member a role; OWNER hands the group over, and {@code me} stays as an admin.
   *
   * @throws ChatException CONVERSATION_NOT_FOUND; ROLE_REQUIRED unless {@code me} is an admin, for
   *     OWNER the owner, and for touching the owner; MEMBER_NOT_FOUND; LAST_OWNER if the owner
   *     would step down without handing the group over
   */
  public Conversation assign(UserId me, ConversationId group, UserId member, Role role) {
    Changed changed = members.assign(group, message(), me, member, role);
    Optional<Stored> told = changed.outcome().told();
    if (told.isPresent()) {
      tell(told.get(), told.get().audience());
    } else if (requireTarget(changed) != role) {
      throw role != Role.OWNER && member.equals(me)
          ? new ChatException(ErrorCode.LAST_OWNER, "hand the group over before you step down")
          : Outcome.roleRequired("this takes the owner of the group");
    }
    return conversations.get(me, group);
  }

  /**
   * The members in the order of their ids, 100 on a page at most.
   *
   * @throws ChatException CONVERSATION_NOT_FOUND
   */
  public Page<Member> members(UserId me, ConversationId group, PageRequest page) {
    return members.list(group, me, page);
  }

  /** The role of the one who was to be changed, by somebody who may change members. */
  private static Role requireTarget(Changed changed) {
    changed.outcome().requireAdmin();
    return changed
        .theirs()
        .orElseThrow(
            () -> new ChatException(ErrorCode.MEMBER_NOT_FOUND, "this user is not in the group"));
  }

  private void tell(Stored told, Set<UserId> users) {
    broadcaster.send(users, SentMessage.of(told.message()));
  }

  private MessageId message() {
    return new MessageId(ids.next());
  }

  static ChatException full() {
    return new ChatException(
        ErrorCode.GROUP_FULL, "a group has " + MAX_MEMBERS + " members at most");
  }

  /** What is told of whoever may not be added, for whatever reason. */
  private static ChatException notFriends() {
    return new ChatException(
        ErrorCode.NOT_FRIENDS, "only friends who let themselves be added can be in it");
  }
}

package parley.functions.http;

import java.util.List;
import parley.conversation.ConversationId;
import parley.conversation.Role;
import parley.group.GroupChange;
import parley.group.GroupService;
import parley.group.InviteId;
import parley.group.InviteService;
import parley.group.InviteToken;
import parley.group.Members;
import parley.group.NewGroup;
import parley.group.NewInvite;
import parley.user.UserId;

/** Groups, their members, and invites to them. */
public final class GroupRoutes extends Routes {
  private final GroupService groups;
  private final InviteService invites;

  public GroupRoutes(GroupService groups, InviteService invites) {
    this.groups = groups;
    this.invites = invites;
  }

  @Override
  List<Route> all(Bearer bearer) {
    return List.of(
        bearer.route(
            "POST /groups",
            (me, request) ->
                HttpResponse.created(groups.create(me, NewGroup.read(request.json())))),
        bearer.route(
            "PATCH /groups/{groupId}",
            (me, request) ->
                HttpResponse.ok(
                    groups.change(me, group(request), GroupChange.read(request.json())))),
        bearer.route(
            "GET /groups/{groupId}/members",
            (me, request) -> HttpResponse.page(groups.members(me, group(request), request.page()))),
        bearer.route(
            "POST /groups/{groupId}/members",
            (me, request) ->
                HttpResponse.created(
                    groups.add(me, group(request), Members.read(request.json().only("userIds"))))),
        bearer.route("DELETE /groups/{groupId}/members/{userId}", this::remove),
        bearer.route(
            "PUT /groups/{groupId}/members/{userId}/role",
            (me, request) ->
                HttpResponse.ok(
                    groups.assign(
                        me,
                        group(request),
                        member(request),
                        request.json().only("role").constant("role", Role.class)))),
        bearer.route(
            "POST /groups/{groupId}/invites",
            (me, request) ->
                HttpResponse.created(
                    invites.create(me, group(request), NewInvite.read(request.json())))),
        bearer.route(
            "GET /groups/{groupId}/invites",
            (me, request) -> HttpResponse.page(invites.list(me, group(request), request.page()))),
        bearer.route("DELETE /groups/{groupId}/invites/{inviteId}", this::revoke),
        bearer.route(
            "POST /invites/preview",
            (me, request) -> HttpResponse.ok(invites.look(me, token(request)))),
        bearer.route(
            "POST /invites/join",
            (me, request) -> HttpResponse.created(invites.join(me, token(request)))));
  }

  private HttpResponse remove(UserId me, HttpRequest request) {
    groups.remove(me, group(request), member(request));
    return HttpResponse.noContent();
  }

  private HttpResponse revoke(UserId me, HttpRequest request) {
    invites.revoke(me, group(request), new InviteId(request.pathId("inviteId")));
    return HttpResponse.noContent();
  }

  private static InviteToken token(HttpRequest request) {
    return new InviteToken(request.json().only("token").string("token"));
  }

  private static ConversationId group(HttpRequest request) {
    return new ConversationId(request.pathId("groupId"));
  }

  private static UserId member(HttpRequest request) {
    return new UserId(request.pathId("userId"));
  }
}

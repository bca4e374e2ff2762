package parley.group;

import java.util.UUID;

/** The id of an invite, by which admins know it; it lets nobody in. */
public record InviteId(UUID value) {}

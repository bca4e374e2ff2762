package parley.circle;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import parley.platform.sql.Sql;
import parley.user.UserId;

/** The SQL that reads circles. */
public final class CircleRepository {
  private final Sql sql;

  public CircleRepository(Sql sql) {
    this.sql = sql;
  }

  private record Line(UserId user, boolean hidden) {}

  Circle read(UserId me) {
    List<Line> lines =
        sql.statement(
                """
                (select b.blocked_id as id, true as hidden from blocks b where b.blocker_id = :me
                union
                select b.blocker_id, true from blocks b where b.blocked_id = :me
                limit :most)
                union all
                (select case when f.sender_id = :me then f.receiver_id else f.sender_id end, false
                from friendships f
                join users u on u.id = :me and u.presence = 'FRIENDS'
                where f.status = 'ACCEPTED' and (f.sender_id = :me or f.receiver_id = :me)
                order by 1
                limit :most)
                """)
            .bind("me", me.value())
            .bind("most", Circle.MOST)
            .list(row -> new Line(new UserId(row.uuid("id")), row.flag("hidden")));
    return Circle.of(users(lines, false), users(lines, true));
  }

  private static Set<UserId> users(List<Line> lines, boolean hidden) {
    return lines.stream()
        .filter(line -> line.hidden() == hidden)
        .map(Line::user)
        .collect(Collectors.toUnmodifiableSet());
  }
}

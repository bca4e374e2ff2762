package parley.sweep;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import parley.group.Departures;
import parley.message.DisappearingService;
import parley.message.MessageService;
import parley.message.SpentClientIdRepository;
import parley.sync.FeedRepository;

/** Repairs what functions that died left behind, and forgets what is too old. */
public final class SweepService {
  /** Whoever was away for longer starts over. */
  private static final Duration FEED_KEPT = Duration.ofDays(30);

  /** Once a day, because it wakes the database. */
  private static final LocalTime TRIMMED_AT = LocalTime.of(3, 0);

  private final MessageService messages;
  private final Departures departures;
  private final DisappearingService disappearing;
  private final FeedRepository feed;
  private final SpentClientIdRepository clientIds;

  public SweepService(
      MessageService messages,
      Departures departures,
      DisappearingService disappearing,
      FeedRepository feed,
      SpentClientIdRepository clientIds) {
    this.messages = messages;
    this.departures = departures;
    this.disappearing = disappearing;
    this.feed = feed;
    this.clientIds = clientIds;
  }

  /**
   * Does what is due in one minute; without pending messages it asks DynamoDB alone.
   *
   * @param minute when it was due, in UTC
   */
  public void sweep(Instant minute) {
    messages.deliverPending(minute, departures::finish);
    if (LocalTime.ofInstant(minute, ZoneOffset.UTC)
        .truncatedTo(ChronoUnit.MINUTES)
        .equals(TRIMMED_AT)) {
      disappearing.remove();
      feed.trim(minute.minus(FEED_KEPT));
      clientIds.trim(minute);
    }
  }
}

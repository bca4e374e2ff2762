package parley.sync;

import java.util.Optional;
import java.util.UUID;

/**
 * One thing that is new or has changed for the reader.
 *
 * @param data its present state, as the other routes give it; empty if it is gone for the reader
 */
public record SyncItem(SyncType type, UUID id, Optional<Object> data) {}

package parley.message;

import java.util.UUID;

/** The id of a message; also the cursor of a page of history. */
public record MessageId(UUID value) {}

package parley.checker;

/**
 * One connection of a device, from its handshake to its end.
 *
 * @param device keeps what it knows from one link to the next
 * @param number the device's how many-th
 */
public record Link(String user, String device, int number) {}

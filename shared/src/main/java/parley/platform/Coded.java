package parley.platform;

/** A failure that the log tells apart from others of its class by a code. */
public interface Coded {
  /** The code; it quotes nothing that users wrote. */
  String failureCode();
}

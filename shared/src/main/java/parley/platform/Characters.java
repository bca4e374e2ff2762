package parley.platform;

import java.util.Arrays;

/**
 * A set of code points. The sets are written out and do not follow the JDK's version of Unicode, so
 * that the contract's patterns and the database can have the same ones.
 */
public final class Characters {
  /**
   * White space: what Unicode has as White_Space, and U+FEFF, which ECMAScript's {@code \s} has
   * too.
   */
  public static final Characters WHITE_SPACE =
      new Characters(
          0x09, 0x0d, 0x20, 0x20, 0x85, 0x85, 0xa0, 0xa0, 0x1680, 0x1680, 0x2000, 0x200a, 0x2028,
          0x2029, 0x202f, 0x202f, 0x205f, 0x205f, 0x3000, 0x3000, 0xfeff, 0xfeff);

  /** Control characters (Cc), and U+2028 and U+2029, which break a line too. */
  static final Characters CONTROLS = new Characters(0x00, 0x1f, 0x7f, 0x9f, 0x2028, 0x2029);

  /**
   * What shows nothing: white space, controls, Default_Ignorable_Code_Point, which has the Hangul
   * fillers, and what is blank or a mere control without having that property: interlinear
   * annotations, the blank Braille pattern, the Khitan filler, the controls and blanks of Egyptian
   * hieroglyphs, the null notehead.
   */
  public static final Characters INVISIBLE =
      new Characters(
          0x00, 0x20, 0x7f, 0xa0, 0xad, 0xad, 0x34f, 0x34f, 0x61c, 0x61c, 0x115f, 0x1160, 0x1680,
          0x1680, 0x17b4, 0x17b5, 0x180b, 0x180f, 0x2000, 0x200f, 0x2028, 0x202f, 0x205f, 0x206f,
          0x2800, 0x2800, 0x3000, 0x3000, 0x3164, 0x3164, 0xfe00, 0xfe0f, 0xfeff, 0xfeff, 0xffa0,
          0xffa0, 0xfff0, 0xfffb, 0x13430, 0x13442, 0x16fe4, 0x16fe4, 0x1bca0, 0x1bca3, 0x1d159,
          0x1d159, 0x1d173, 0x1d17a, 0xe0000, 0xe0fff);

  /** The first and the last of each range, in their order. */
  private final int[] bounds;

  private Characters(int... bounds) {
    this.bounds = bounds;
  }

  /** Whether this code point is one of them. */
  public boolean contains(int character) {
    int place = Arrays.binarySearch(bounds, character);
    // Between two bounds it is in a range if the one after it is a range's last.
    return place >= 0 || -place % 2 == 0;
  }
}

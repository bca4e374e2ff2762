package parley.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Map;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which texts are the same for a search, held against all of Unicode. */
@ExtendWith(SearchDatabase.Shared.class)
class FoldingTest {
  private final SearchDatabase database;

  FoldingTest(SearchDatabase database) {
    this.database = database;
  }

  @Test
  void everyMarkBetweenTwoLettersIsDropped() throws SQLException {
    Map<Integer, String> words = betweenLetters(Unicode::isMark);

    assertThat(words).hasSizeGreaterThan(2_000);
    assertThat(words).allSatisfy((_, folded) -> assertThat(folded).isEqualTo("ab"));
  }

  @Test
  void everySeparatorBetweenTwoLettersSeparatesThem() throws SQLException {
    Map<Integer, String> words =
        betweenLetters(point -> !Unicode.isWord(point) && Unicode.isSame(point) && point != 0);

    assertThat(words).hasSizeGreaterThan(140_000).containsKeys(0x1680, 0xFEFF, 0x05BE, 0x05F4);
    assertThat(words).containsKeys(0x0F0B, 0x1361, 0x066A, 0x200B, 0xE000);
    assertThat(words).allSatisfy((_, folded) -> assertThat(folded).isEqualTo("a b"));
  }

  @Test
  void noLetterAndNoDigitSeparatesItsNeighbours() throws SQLException {
    Map<Integer, String> words =
        betweenLetters(
            point -> Unicode.isWord(point) && !Unicode.isMark(point) && Unicode.isSame(point));

    assertThat(words).hasSizeGreaterThan(120_000);
    words.remove(0x0640); // The tatweel only stretches a word.
    assertThat(words)
        .allSatisfy((_, folded) -> assertThat(folded).matches("a[^ ]+b").hasSizeLessThan(6));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ΟΔΟΣ         | οδος
          Ὀδυσσεύς     | ΟΔΥΣΣΕΥΣ
          Straße       | STRASSE
          Łódź         | lodz
          Đồng Hới     | dong hoi
          Ærø Œuvre    | aero oeuvre
          IŞIK ışık    | isik ISIK
          ＡＢＣ１２      | abc12
          ﬁne          | FINE
          مُحَمَّد        | محمد
          مـــرحبا     | مرحبا
          أحمد إلى آن   | احمد الى ان
          שָׁלוֹם        | שלום
          ܐܰܠܳܗܳܐ        | ܐܠܗܐ
          क़लम          | कलम
          ｶﾞｷﾞ         | ガギ
          พ่อ           | พอ
          Ελληνικά     | ΕΛΛΗΝΙΚΆ
          й ё ї        | И Е І
          Crème        | Creme
          ①②          | 12
          ᏣᎳᎩ         | ꮳꮃꭹ
          """)
  void textsThatPeopleTakeForTheSameAreTheSame(String one, String other) throws SQLException {
    assertThat(database.text("select folded(?)", one))
        .isEqualTo(database.text("select folded(?)", other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          कि   | की
          ดี   | ดู
          か   | が
          はは  | ぱぱ
          ကိ   | ကု
          কে   | কা
          ދަ   | ދި
          """)
  void vowelSignsAndVoicingMarksMakeAnotherSyllable(String one, String other) throws SQLException {
    assertThat(database.text("select folded(?)", one))
        .isNotEqualTo(database.text("select folded(?)", other));
  }

  @Test
  void aJoinerBetweenLettersOfIndiaDoesNotSeparateThem() throws SQLException {
    assertThat(database.text("select folded_words(?)", "ශ්\u200dරී"))
        .isEqualTo(database.text("select folded_words(?)", "ශ්රී"));
    assertThat(database.text("select folded_words(?)", "می\u200cخواهم"))
        .isEqualTo(database.text("select folded_words(?)", "می خواهم"));
  }

  /** The words of each such character between the letters a and b. */
  private Map<Integer, String> betweenLetters(IntPredicate which) throws SQLException {
    return database.texts("folded_words('a' || chr(c) || 'b')", which);
  }
}

package parley.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts a search finds, held against all of Unicode. */
@ExtendWith(SearchDatabase.Shared.class)
class SearchTextTest {
  private final SearchDatabase database;

  SearchTextTest(SearchDatabase database) {
    this.database = database;
  }

  @Test
  void charactersOfScriptsWithoutSpacesAreComparedOneByOne() throws SQLException {
    List<Integer> others = new ArrayList<>();
    Map<Integer, String> texts =
        database.texts("search_text(chr(c))", point -> Unicode.isWord(point));
    for (Map.Entry<Integer, String> text : texts.entrySet()) {
      String folded = Normalizer.normalize(Character.toString(text.getKey()), Form.NFKC);
      boolean run = folded.codePoints().anyMatch(Unicode::isWithoutSpaces);
      if (!text.getValue().isEmpty() && run != text.getValue().contains("~")) {
        others.add(text.getKey());
      }
    }

    assertThat(texts).hasSizeGreaterThan(120_000);
    assertThat(others.stream().map(point -> "U+%04X".formatted(point))).isEmpty();
  }

  @Test
  void everyMessageIsFoundByItselfWhateverStandsBetweenItsLetters() throws SQLException {
    assertThat(
            textsOf(
                200,
                """
                not search_keys(text) @> query_keys(text)
                  or not has_phrases(text, query_phrases(text))
                """))
        .isZero();
  }

  @Test
  void everyNameIsFoundByItselfWhateverStandsBetweenItsLetters() throws SQLException {
    assertThat(
            textsOf(
                25,
                """
                not name_keys(text) @> name_query_keys(name_parts(text))
                  or not has_parts(text, name_parts(text))
                """))
        .isZero();
  }

  /**
   * How many texts are so. Together they have all characters that the database knows, and some of
   * the others, each between an a and a b.
   */
  private long textsOf(int characters, String so) throws SQLException {
    return Long.parseLong(
        database.text(
            """
            select cast(count(*) as text)
            from (
              select string_agg('a' || chr(c) || 'b', ' ') as text
              from generate_series(1, 1114111) c
              where c not between 55296 and 57343 and (unicode_assigned(chr(c)) or c %% 512 = 0)
              group by c / %d) t
            where %s
            """
                .formatted(characters, so)));
  }

  /** One letter of each script, and two more of it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "漢字一", "かなゆ", "カナユ", "한글자", "กขค", "ກຂຄ", "ကခဂ", "កខគ", "ㄅㄆㄇ", "ꀀꀁꀂ", "ᥐᥑᥒ", "ꦏꦐꦑ"
      })
  void theLastCharactersOfTheLongestTextWithoutSpacesAreFound(String letters) throws SQLException {
    int[] points = letters.codePoints().toArray();
    String ending = new String(points, 1, 2);
    String content = Character.toString(points[0]).repeat(3_998) + ending;

    assertThat(finds(content, ending)).isTrue();
    assertThat(finds(content, Character.toString(points[0]).repeat(100) + ending)).isTrue();
    assertThat(finds(content, new String(points, 2, 1) + new String(points, 1, 1))).isFalse();
  }

  @Test
  void closerWordsHaveAShorterSpan() throws SQLException {
    assertThat(span("red fish", "red fish")).isEqualTo(9);
    assertThat(span("fish red", "red fish")).isEqualTo(9);
    assertThat(span("red one two fish, then a red fish", "fish red")).isEqualTo(9);
    assertThat(span("red one fish two", "red fish")).isEqualTo(13);
    assertThat(span("東京へ行く", "東京 行く")).isEqualTo(5);
  }

  private boolean finds(String content, String typed) throws SQLException {
    return database
        .text(
            """
            select cast(
              search_keys(content) @> query_keys(typed) and has_phrases(content, query_phrases(typed))
              as text)
            from (select ? as content, ? as typed) t
            """,
            content,
            typed)
        .equals("true");
  }

  private int span(String content, String typed) throws SQLException {
    return Integer.parseInt(
        database.text("select cast(phrases_span(?, query_phrases(?)) as text)", content, typed));
  }
}

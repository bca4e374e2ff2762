package parley.local.rdsdata;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One SQL statement whose {@code :name} parameters have become JDBC's question marks.
 *
 * @param sql what JDBC prepares
 * @param parameters the name behind each question mark, in order, repeated where the text repeats
 *     it
 * @param changesSession whether it may leave something behind in its session, such as a setting or
 *     a lock, so that no other caller may get the same connection after it
 */
record NamedStatement(String sql, List<String> parameters, boolean changesSession) {
  private static final Set<String> SESSION_STATEMENTS =
      Set.of(
          "abort",
          "begin",
          "call",
          "commit",
          "deallocate",
          "declare",
          "discard",
          "do",
          "end",
          "listen",
          "load",
          "prepare",
          "release",
          "reset",
          "rollback",
          "savepoint",
          "set",
          "start",
          "unlisten");

  /** An advisory lock of a transaction ends with it; only one of a session stays. */
  private static final Pattern SESSION_WORDS =
      Pattern.compile(
          "set_config|pg_settings|setseed|advisory(?!_xact)|\\btemp(orary)?\\b|\\bdblink",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern FIRST_WORD = Pattern.compile("[A-Za-z]+");

  /**
   * Reads a statement by Postgres's lexical rules: nothing inside string literals, quoted
   * identifiers, dollar quotes and comments is a parameter, nor is a {@code ::cast}.
   *
   * @throws parley.local.aws.AwsException if the text holds more than one statement
   */
  static NamedStatement parse(String text) {
    return new Scanner(text).scan();
  }

  private static boolean mayChangeSession(String text, int firstToken) {
    var first = FIRST_WORD.matcher(text).region(firstToken, text.length());
    return SESSION_WORDS.matcher(text).find()
        || (first.lookingAt()
            && SESSION_STATEMENTS.contains(first.group().toLowerCase(Locale.ROOT)));
  }

  private static final class Scanner {
    private final String text;
    private final StringBuilder sql;
    private final List<String> parameters = new ArrayList<>();
    private int position;
    private int firstToken = -1;
    private boolean ended;

    Scanner(String text) {
      this.text = text;
      this.sql = new StringBuilder(text.length() + 16);
    }

    NamedStatement scan() {
      while (position < text.length()) {
        char next = text.charAt(position);
        if (startsComment()) {
          copyTo(commentEnd());
        } else if (Character.isWhitespace(next)) {
          copyTo(position + 1);
        } else if (next == ';') {
          ended = true;
          copyTo(position + 1);
        } else if (ended) {
          throw RdsDataErrors.invalid("Multistatements aren't supported.");
        } else {
          if (firstToken < 0) {
            firstToken = position;
          }
          scanToken(next);
        }
      }
      return new NamedStatement(
          sql.toString(), List.copyOf(parameters), mayChangeSession(text, Math.max(firstToken, 0)));
    }

    private void scanToken(char next) {
      switch (next) {
        case '\'' -> copyTo(quoteEnd('\'', followsEscapePrefix()));
        case '"' -> copyTo(quoteEnd('"', false));
        case '$' -> copyTo(dollarQuoteEnd());
        case ':' -> scanColon();
        case '?' -> {
          // An operator of jsonb and others; JDBC would take a single one for a parameter.
          sql.append("??");
          position++;
        }
        default -> copyTo(position + 1);
      }
    }

    private void scanColon() {
      if (text.startsWith("::", position)) {
        copyTo(position + 2);
        return;
      }
      int end = position + 1;
      while (end < text.length() && isNamePart(text.charAt(end))) {
        end++;
      }
      // In an array slice, values[1:2], the colon follows a name or number directly.
      if (end == position + 1 || (position > 0 && isIdentifierPart(text.charAt(position - 1)))) {
        copyTo(position + 1);
        return;
      }
      parameters.add(text.substring(position + 1, end));
      sql.append('?');
      position = end;
    }

    private boolean startsComment() {
      return text.startsWith("--", position) || text.startsWith("/*", position);
    }

    private int commentEnd() {
      if (text.startsWith("--", position)) {
        int lineEnd = text.indexOf('\n', position);
        return lineEnd < 0 ? text.length() : lineEnd + 1;
      }
      int depth = 0;
      int at = position;
      while (at < text.length()) {
        if (text.startsWith("/*", at)) {
          depth++;
          at += 2;
        } else if (text.startsWith("*/", at)) {
          depth--;
          at += 2;
          if (depth == 0) {
            return at;
          }
        } else {
          at++;
        }
      }
      return at;
    }

    /** A doubled quote inside needs no care: it reads as one literal ending and one beginning. */
    private int quoteEnd(char quote, boolean backslashEscapes) {
      int at = position + 1;
      while (at < text.length()) {
        char here = text.charAt(at);
        if (here == '\\' && backslashEscapes) {
          at += 2;
        } else if (here == quote && quote == '\'' && text.startsWith("''", at)) {
          at += 2;
        } else if (here == quote) {
          return at + 1;
        } else {
          at++;
        }
      }
      return text.length();
    }

    private boolean followsEscapePrefix() {
      return position > 0
          && (text.charAt(position - 1) == 'e' || text.charAt(position - 1) == 'E')
          && (position == 1 || !isIdentifierPart(text.charAt(position - 2)));
    }

    private int dollarQuoteEnd() {
      if (position > 0 && isIdentifierPart(text.charAt(position - 1))) {
        return position + 1;
      }
      int tagEnd = position + 1;
      while (tagEnd < text.length()
          && isIdentifierPart(text.charAt(tagEnd))
          && text.charAt(tagEnd) != '$') {
        tagEnd++;
      }
      boolean isTag =
          tagEnd < text.length()
              && text.charAt(tagEnd) == '$'
              && !Character.isDigit(text.charAt(position + 1));
      if (!isTag) {
        return position + 1;
      }
      String tag = text.substring(position, tagEnd + 1);
      int end = text.indexOf(tag, tagEnd + 1);
      return end < 0 ? text.length() : end + tag.length();
    }

    private void copyTo(int end) {
      sql.append(text, position, Math.min(end, text.length()));
      position = end;
    }

    private static boolean isNamePart(char character) {
      return character < 0x80 && (Character.isLetterOrDigit(character) || character == '_');
    }

    private static boolean isIdentifierPart(char character) {
      return isNamePart(character) || character == '$' || character >= 0x80;
    }
  }
}

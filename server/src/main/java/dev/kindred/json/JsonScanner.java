package dev.kindred.json;

import dev.kindred.domain.MalformedRequest;
import java.util.Arrays;

/**
 * Walks over JSON text (RFC 8259) in UTF-8, byte by byte, and lets nothing pass that is not exactly
 * that. It builds nothing: others look at the bytes between the places where it stopped.
 *
 * <p>Nesting costs a bit a level, so text of any depth can be skipped.
 */
final class JsonScanner {

  final byte[] json;
  final int start;
  final int end;

  /** Where it stands. */
  int at;

  JsonScanner(byte[] json, int start, int end) {
    this.json = json;
    this.start = start;
    this.end = end;
    this.at = start;
  }

  /** Goes to the next byte that is not white space, and returns it. */
  byte peek() {
    while (at < end) {
      byte b = json[at];
      if (b > ' ' || b < 0) return b;
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') break;
      at++;
    }
    if (at == end) throw malformed("it ends too early");
    throw malformed("expected a value");
  }

  /** Goes past the next byte that is not white space if it is that one. */
  boolean skipIf(char wanted) {
    if (peek() != wanted) return false;
    at++;
    return true;
  }

  void skip(char wanted) {
    if (!skipIf(wanted)) throw malformed("expected '" + wanted + "'");
  }

  /** Makes sure that nothing but white space follows. */
  void skipToEnd() {
    while (at < end) {
      byte b = json[at];
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        throw malformed("expected nothing more");
      }
      at++;
    }
  }

  /** Goes past one whole value. */
  void skipValue() {
    byte b = peek();
    if (b == '{' || b == '[') {
      skipNested();
    } else {
      skipScalar(b);
    }
  }

  private void skipScalar(byte first) {
    switch (first) {
      case '"' -> skipString();
      case 't' -> skipWord("true");
      case 'f' -> skipWord("false");
      case 'n' -> skipWord("null");
      default -> skipNumber();
    }
  }

  private void skipNested() {
    long[] objects = new long[1]; // a bit for each level: whether it is an object
    int depth = 0;
    boolean first = true; // whether nothing was read at this level yet
    do {
      if (first) {
        boolean object = json[at++] == '{';
        if (depth >> 6 == objects.length) objects = Arrays.copyOf(objects, objects.length * 2);
        if (object) {
          objects[depth >> 6] |= 1L << depth;
        } else {
          objects[depth >> 6] &= ~(1L << depth);
        }
        depth++;
      }
      int level = depth - 1;
      boolean object = (objects[level >> 6] >> level & 1) != 0;
      if (skipIf(object ? '}' : ']')) {
        depth--;
        first = false;
        continue;
      }
      if (!first) skip(',');
      if (object) {
        peek();
        skipString();
        skip(':');
      }
      byte b = peek();
      first = b == '{' || b == '[';
      if (!first) skipScalar(b);
    } while (depth > 0);
  }

  /** Goes past a string, from its opening to behind its closing quote. */
  void skipString() {
    if (json[at] != '"') throw malformed("expected a string in double quotes");
    at++;
    while (at < end) {
      byte b = json[at];
      if (b == '"') {
        at++;
        return;
      }
      if (b < 0) {
        skipMultibyte();
      } else if (b == '\\') {
        skipEscape();
      } else if (b < ' ') {
        throw malformed("control characters must be escaped in strings");
      } else {
        at++;
      }
    }
    throw malformed("it ends in the middle of a string");
  }

  private void skipEscape() {
    byte kind = at + 1 < end ? json[at + 1] : 0;
    switch (kind) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at += 2;
      case 'u' -> {
        for (int i = at + 2; i < at + 6; i++) {
          if (i >= end || Character.digit(json[i], 16) < 0) {
            throw malformed("\\u must be followed by four hexadecimal digits");
          }
        }
        at += 6;
      }
      default -> throw malformed("a backslash must be followed by one of \" \\ / b f n r t u");
    }
  }

  /** Goes past one character of two to four bytes; no overlong forms and no halves of pairs. */
  private void skipMultibyte() {
    int first = json[at] & 0xff;
    int length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || at + length > end) throw malformed("it is not valid UTF-8");
    int second = json[at + 1] & 0xff;
    int lowest = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    int highest = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    boolean valid = second >= lowest && second <= highest;
    for (int i = 2; i < length; i++) valid &= (json[at + i] & 0xc0) == 0x80;
    if (!valid) throw malformed("it is not valid UTF-8");
    at += length;
  }

  /** Goes past a number. */
  void skipNumber() {
    int first = at;
    if (json[at] == '-') at++;
    int integer = at;
    skipDigits();
    if (integer == at) {
      at = first;
      throw malformed("expected a value");
    }
    if (json[integer] == '0' && at > integer + 1) {
      throw malformed("numbers must not start with 0 before other digits");
    }
    if (at < end && json[at] == '.') {
      at++;
      if (skipDigits() == 0) throw malformed("expected a digit after the decimal point");
    }
    if (at < end && (json[at] | 0x20) == 'e') {
      at++;
      if (at < end && (json[at] == '+' || json[at] == '-')) at++;
      if (skipDigits() == 0) throw malformed("expected a digit in the exponent");
    }
  }

  private int skipDigits() {
    int first = at;
    while (at < end && json[at] >= '0' && json[at] <= '9') at++;
    return at - first;
  }

  void skipWord(String word) {
    boolean same = at + word.length() <= end;
    for (int i = 0; same && i < word.length(); i++) same = json[at + i] == word.charAt(i);
    if (!same) throw malformed("expected a value");
    at += word.length();
  }

  /** Says where it stands, and what it saw there. */
  MalformedRequest malformed(String what) {
    int line = 1;
    int column = 1;
    for (int i = start; i < at && i < end; i++) {
      if (json[i] == '\n') {
        line++;
        column = 1;
      } else if ((json[i] & 0xc0) != 0x80) {
        column++;
      }
    }
    String place =
        isOfManyLines() ? "line %d, column %d".formatted(line, column) : "column " + column;
    return new MalformedRequest("not valid JSON at %s: %s%s".formatted(place, what, seen()));
  }

  /** Whether it helps to say which line; a row of NDJSON is told by its number already. */
  private boolean isOfManyLines() {
    for (int i = start; i < end; i++) if (json[i] == '\n') return true;
    return false;
  }

  private String seen() {
    if (at >= end) return "";
    int b = json[at] & 0xff;
    return b > ' ' && b < 0x7f ? ", got '" + (char) b + "'" : ", got the byte 0x%02x".formatted(b);
  }
}

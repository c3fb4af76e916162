package dev.kindred.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.domain.InvalidRequest;

/** What stands between the quotes of a string: from text to characters, and back. */
final class JsonText {

  private static final byte[] HEX = "0123456789abcdef".getBytes(UTF_8);

  private JsonText() {}

  /** The text between two places, without its quotes, as it is meant. */
  static String decode(byte[] json, int from, int to) {
    if (!hasEscape(json, from, to)) return new String(json, from, to - from, UTF_8);
    var plain = new Bytes(to - from);
    unescape(json, from, to, plain);
    return new String(plain.array(), 0, plain.size(), UTF_8);
  }

  /** As {@link #decode}, but what is not valid text stays escaped: for messages. */
  static String decodeLeniently(byte[] json, int from, int to) {
    try {
      return decode(json, from, to);
    } catch (InvalidRequest halfAPairOrNul) {
      return new String(json, from, to - from, UTF_8);
    }
  }

  /** The text as it may stand in a message: cut where it is long. */
  static String shown(String text) {
    return text.length() <= 80 ? text : text.substring(0, 77) + "...";
  }

  static boolean hasEscape(byte[] json, int from, int to) {
    for (int i = from; i < to; i++) if (json[i] == '\\') return true;
    return false;
  }

  /** Adds the characters that are meant, in UTF-8. */
  static void unescape(byte[] json, int from, int to, Bytes plain) {
    int at = from;
    while (at < to) {
      int b = json[at++];
      if (b != '\\') {
        plain.add(b);
        continue;
      }
      byte kind = json[at++];
      switch (kind) {
        case 'b' -> plain.add('\b');
        case 'f' -> plain.add('\f');
        case 'n' -> plain.add('\n');
        case 'r' -> plain.add('\r');
        case 't' -> plain.add('\t');
        case 'u' -> {
          int c = hex(json, at);
          at += 4;
          if (Character.isHighSurrogate((char) c)) {
            boolean pair =
                at + 6 <= to
                    && json[at] == '\\'
                    && json[at + 1] == 'u'
                    && Character.isLowSurrogate((char) hex(json, at + 2));
            if (!pair) throw half(c);
            c = Character.toCodePoint((char) c, (char) hex(json, at + 2));
            at += 6;
          } else if (Character.isLowSurrogate((char) c)) {
            throw half(c);
          } else if (c == 0) {
            throw new InvalidRequest("text must not hold the character U+0000");
          }
          plain.addCodePoint(c);
        }
        default -> plain.add(kind);
      }
    }
  }

  private static InvalidRequest half(int c) {
    return new InvalidRequest(
        "text must be valid Unicode, got half of a surrogate pair, \\u%04x".formatted(c));
  }

  private static int hex(byte[] json, int at) {
    int value = 0;
    for (int i = at; i < at + 4; i++) value = value << 4 | Character.digit(json[i], 16);
    return value;
  }

  /** Adds text as PostgreSQL's jsonb writes it, without the quotes. */
  static void escape(byte[] plain, int from, int to, Bytes out) {
    int copied = from;
    for (int i = from; i < to; i++) {
      byte b = plain[i];
      if (b < 0 || (b >= ' ' && b != '"' && b != '\\')) continue;
      out.add(plain, copied, i);
      escape(b, out);
      copied = i + 1;
    }
    out.add(plain, copied, to);
  }

  /** Adds a character that must not stand in a string as it is. */
  static void escape(int c, Bytes out) {
    out.add('\\');
    switch (c) {
      case '"', '\\' -> out.add(c);
      case '\b' -> out.add('b');
      case '\f' -> out.add('f');
      case '\n' -> out.add('n');
      case '\r' -> out.add('r');
      case '\t' -> out.add('t');
      default -> {
        out.add('u');
        out.add('0');
        out.add('0');
        out.add(HEX[c >> 4]);
        out.add(HEX[c & 15]);
      }
    }
  }

  /** How many characters there are. */
  static int length(byte[] plain, int from, int to) {
    int length = 0;
    for (int i = from; i < to; i++) if ((plain[i] & 0xc0) != 0x80) length++;
    return length;
  }
}

package dev.kindred.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes JSON objects of every shape, in every way of writing them down. */
final class RandomJson {

  private static final String[] NAMES = {
    "a", "b", "aa", "ab", "price", "prices", "Name", "ä", "€", "😀", "x y", "q\"", "b\\", "n\n",
    "/", "\u007f", "\u0001"
  };

  private final RandomGenerator random;

  RandomJson(RandomGenerator random) {
    this.random = random;
  }

  /** An object with levels of nesting below it. */
  String object(int depth) {
    var names = new ArrayList<>(List.of(NAMES));
    Collections.shuffle(names, new java.util.Random(random.nextLong()));
    var members = new ArrayList<String>();
    for (String name : names.subList(0, random.nextInt(6))) {
      members.add(space() + string(name) + space() + ":" + space() + value(depth) + space());
    }
    return "{" + (members.isEmpty() ? space() : String.join(",", members)) + "}";
  }

  private String value(int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 7)) {
      case 0 -> "true";
      case 1 -> "false";
      case 2 -> "null";
      case 3, 4 -> number();
      case 5, 6 -> string(text());
      case 7 -> object(depth - 1);
      default -> array(depth - 1);
    };
  }

  private String array(int depth) {
    var elements = new ArrayList<String>();
    for (int i = random.nextInt(5); i > 0; i--) elements.add(space() + value(depth) + space());
    return "[" + (elements.isEmpty() ? space() : String.join(",", elements)) + "]";
  }

  String number() {
    var number = new StringBuilder(random.nextInt(3) == 0 ? "-" : "");
    int whole = random.nextInt(4);
    if (whole == 0) number.append('0');
    else number.append(random.nextInt(1, 10)).append(digits(random.nextInt(whole * 4)));
    if (random.nextBoolean()) number.append('.').append(digits(1 + random.nextInt(6)));
    if (random.nextInt(3) == 0) {
      number.append(random.nextBoolean() ? 'e' : 'E');
      number.append(new String[] {"", "+", "-"}[random.nextInt(3)]);
      number.append(random.nextInt(random.nextInt(10) == 0 ? 200 : 9));
    }
    return number.toString();
  }

  private String digits(int count) {
    var digits = new StringBuilder();
    for (int i = 0; i < count; i++) {
      digits.append(random.nextInt(3) == 0 ? 0 : random.nextInt(10));
    }
    return digits.toString();
  }

  private String text() {
    var text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      switch (random.nextInt(8)) {
        case 0 -> text.appendCodePoint(1 + random.nextInt(0x7f));
        case 1 -> text.appendCodePoint(0x80 + random.nextInt(0x1000));
        case 2 -> text.appendCodePoint(0xe000 + random.nextInt(0x1f00));
        case 3 -> text.appendCodePoint(0x10000 + random.nextInt(0x100000));
        default -> text.append((char) ('a' + random.nextInt(26)));
      }
    }
    return text.toString();
  }

  /** A string, each of its characters escaped in one of the ways there are. */
  private String string(String text) {
    var json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean must = c < ' ' || c == '"' || c == '\\';
      int shortForm = "\"\\/\b\f\n\r\t".indexOf(c);
      if (shortForm >= 0 && random.nextBoolean()) {
        json.append('\\').append("\"\\/bfnrt".charAt(shortForm));
      } else if (must || (!Character.isSurrogate(c) && random.nextInt(10) == 0)) {
        json.append((random.nextBoolean() ? "\\u%04x" : "\\u%04X").formatted((int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }

  private String space() {
    return random.nextInt(4) == 0
        ? List.of(" ", "\n", "\t", "\r\n", "   ").get(random.nextInt(5))
        : "";
  }
}

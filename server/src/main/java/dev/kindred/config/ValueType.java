package dev.kindred.config;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a key may hold.
 *
 * @param allowed completes the sentence "must be …"
 * @param parse from text; throws {@link IllegalArgumentException} for what is not allowed
 */
record ValueType<T>(String allowed, Function<String, T> parse) {

  static ValueType<Integer> whole(int min, int max) {
    return new ValueType<>(
        "a whole number from " + min + " to " + max,
        text -> {
          int value = Integer.parseInt(text);
          require(value >= min && value <= max);
          return value;
        });
  }

  static ValueType<Double> number(double min, double max) {
    return new ValueType<>(
        "a number from " + plain(min) + " to " + plain(max),
        text -> {
          double value = Double.parseDouble(text);
          require(value >= min && value <= max);
          return value;
        });
  }

  static ValueType<Boolean> yesNo() {
    return new ValueType<>(
        "true or false",
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true", "yes", "on", "1" -> true;
              case "false", "no", "off", "0" -> false;
              default -> throw new IllegalArgumentException();
            });
  }

  /** One of an enum's words, in any case. */
  static <E extends Enum<E>> ValueType<E> oneOf(Class<E> words) {
    String allowed =
        Arrays.stream(words.getEnumConstants())
            .map(word -> word.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return new ValueType<>(
        "one of " + allowed, text -> Enum.valueOf(words, text.toUpperCase(Locale.ROOT)));
  }

  static ValueType<Duration> seconds(int min, int max) {
    return new ValueType<>(
        "a whole number of seconds from " + min + " to " + max,
        text -> Duration.ofSeconds(whole(min, max).parse().apply(text)));
  }

  static ValueType<Duration> minutes(int min, int max) {
    return new ValueType<>(
        "a whole number of minutes from " + min + " to " + max,
        text -> Duration.ofMinutes(whole(min, max).parse().apply(text)));
  }

  static ValueType<Duration> hours(int min, int max) {
    return new ValueType<>(
        "a whole number of hours from " + min + " to " + max,
        text -> Duration.ofHours(whole(min, max).parse().apply(text)));
  }

  /** A place of the time zone database, such as Europe/Berlin. */
  static ValueType<ZoneId> timeZone() {
    return new ValueType<>(
        "a time zone such as UTC or Europe/Berlin",
        text -> {
          try {
            return ZoneId.of(text);
          } catch (DateTimeException unknown) {
            throw new IllegalArgumentException(unknown);
          }
        });
  }

  static ValueType<Path> folder() {
    return new ValueType<>("a path", Path::of);
  }

  /** A word such as a host or a name; {@code pattern} is a regular expression over all of it. */
  static ValueType<String> word(String allowed, String pattern) {
    return new ValueType<>(
        allowed,
        text -> {
          require(text.matches(pattern));
          return text;
        });
  }

  static ValueType<Secret> secret(int shortest, int longest) {
    return new ValueType<>(
        "a text of " + shortest + " to " + longest + " printable characters without spaces",
        text -> {
          require(text.matches("[\\x21-\\x7e]{" + shortest + "," + longest + "}"));
          return new Secret(text);
        });
  }

  /** An address that begins with one of these, and goes on. */
  static ValueType<Secret> address(String... beginnings) {
    return new ValueType<>(
        "an address that begins with " + String.join(" or ", beginnings),
        text -> {
          require(Arrays.stream(beginnings).anyMatch(b -> text.startsWith(b) && !text.equals(b)));
          return new Secret(text);
        });
  }

  static ValueType<URI> webAddress() {
    return new ValueType<>(
        "an http:// or https:// address",
        text -> {
          URI uri = URI.create(text);
          require(List.of("http", "https").contains(uri.getScheme()) && uri.getHost() != null);
          return uri;
        });
  }

  /** An address of a machine, or of a network such as {@code 10.0.0.0/8}. */
  static ValueType<String> network() {
    return new ValueType<>(
        "an IP address, or a network such as 10.0.0.0/8",
        text -> {
          int slash = text.indexOf('/');
          var address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
          int bits = address.getAddress().length * 8;
          int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
          require(prefix >= 0 && prefix <= bits);
          return text;
        });
  }

  /** A web origin as browsers send it, or {@code *} for any. */
  static ValueType<String> origin() {
    return new ValueType<>(
        "* or an origin such as https://shop.example",
        text -> {
          require(text.equals("*") || text.matches("https?://[^/?#\\s,]+"));
          return text;
        });
  }

  /** Any number of values with commas between them. */
  static <T> ValueType<List<T>> listOf(ValueType<T> one) {
    return new ValueType<>(
        "empty or a list with commas, each " + one.allowed(),
        text ->
            Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(one.parse())
                .toList());
  }

  /** The same with a bound. */
  static <T> ValueType<List<T>> atMost(int most, ValueType<List<T>> several) {
    return new ValueType<>(
        several.allowed() + ", at most " + most,
        text -> {
          List<T> all = several.parse().apply(text);
          require(all.size() <= most);
          return all;
        });
  }

  /** A value, or none where the text is empty. */
  static <T> ValueType<Optional<T>> maybe(ValueType<T> one) {
    return new ValueType<>(
        one.allowed() + ", or nothing",
        text -> text.isEmpty() ? Optional.empty() : Optional.of(one.parse().apply(text)));
  }

  private static void require(boolean allowed) {
    if (!allowed) throw new IllegalArgumentException();
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
